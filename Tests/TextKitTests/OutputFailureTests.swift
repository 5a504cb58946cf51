import Foundation
import Testing
import TextKitTestSupport

@Suite("Outputs that can't be written", .enabled(if: Program.url != nil, "the program isn't built"))
struct OutputFailureTests {
  private func expectFailure(_ arguments: [String]) throws {
    let result = try Program.run(arguments)
    #expect(result.code == 74, "\(arguments): \(result.messages)")
    // The nearest name is no help with a file that is to be made.
    #expect(!result.messages.contains("did you mean"), "\(result.messages)")
  }

  @Test("end with the code of an output, not with that of an input")
  func code() throws {
    let folder = try Folder()
    let input = folder.url.appending(path: "in.jsonl").path
    try Data("{\"text\": \"a\"}\nno object\n".utf8).write(to: URL(filePath: input))
    let list = ["batch", "-t", "segment", "-i", input, "-o", "-", "--on-error", "skip", "--errors"]
    let convert = ["corpus", "convert", SampleCorpus.path("zh-ner/dev.conll"), "--to", "jsonl", "-o"]
    for arguments in [list, convert] {
      try expectFailure(arguments + [folder.url.path + "/none/out"])
      try expectFailure(arguments + [folder.url.path + "/in.json/out"])
      if FileManager.default.fileExists(atPath: "/dev/full") { try expectFailure(arguments + ["/dev/full"]) }
    }
    #expect(try Program.run(["segment", folder.url.path + "/in.json"]).code == 66)
  }
}
