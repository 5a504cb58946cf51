import Foundation
import Testing
import TextKit
import TextKitCLI
import TextKitCorpus
import TextKitTestSupport

@Suite("Blocks of lines")
struct BlockReaderTests {
  @Test("a block has a bounded number of lines, empty ones too, and no line is lost")
  func emptyLines() throws {
    let folder = try SampleCorpus.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appending(path: "lines.txt")
    try Data(repeating: 0x0A, count: 3 * BlockReader.mostLines + 5).write(to: url)
    var reader = BlockReader(try LineReader(path: url.path))
    var counts: [Int] = []
    while let block = try reader.next() { counts.append(block.lineEnds.count) }
    #expect(counts == [BlockReader.mostLines, BlockReader.mostLines, BlockReader.mostLines, 5])
  }
}
