import Foundation

/// The program as it was built beside these tests.
enum Program {
  static let url: URL? = {
    #if DEBUG
      let configuration = "debug"
    #else
      let configuration = "release"
    #endif
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let candidates = [
      Bundle.main.bundleURL.appending(path: "textkit"),
      Bundle.main.bundleURL.deletingLastPathComponent().appending(path: "textkit"),
      root.appending(path: ".build/\(configuration)/textkit"),
    ]
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  static func run(_ arguments: [String]) throws -> (code: Int32, output: Data, messages: String) {
    let folder = try Folder()
    let files = ["output", "messages"].map { folder.url.appending(path: $0) }
    for file in files { try Data().write(to: file) }
    let process = Process()
    process.executableURL = url
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus, try Data(contentsOf: files[0]),
      String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
    )
  }
}

/// A folder that goes with its value.
final class Folder {
  let url = FileManager.default.temporaryDirectory.appending(path: "textkit-test-\(UUID().uuidString)")
  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: url) }
}
