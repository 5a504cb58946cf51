import Foundation

/// Runs what the README shows, in a folder of its own.
@main
enum Main {
  static func main() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "consumer-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, _ text: String) throws -> URL {
      let url = folder.appending(path: name)
      try text.write(to: url, atomically: true, encoding: .utf8)
      return url
    }
    let text = " 2024年，New York 的 GDP 增长３．５％。\n"
    try segmenting(text)
    try await streaming(try file("news.txt", "我爱北京天安门\n\n王小明在北京大学读书\n"))
    try recognizing(try file("products.tsv", "青鸟一号\tPRODUCT\n").path)
    let reviews = [("好", "positive"), ("干净", "positive"), ("差", "negative"), ("脏", "negative")]
    let labeled = (0..<40).map { "\(reviews[$0 % 4].1)\t第\($0)间房\(reviews[$0 % 4].0)\n" }
    try classifying(
      try file("reviews.tsv", labeled.joined()).path, folder.appending(path: "classifier.safetensors"), "这间房很干净")
    let sentences = ["the king and the queen", "a man and a woman", "the frog and the toad in the pond"]
    let story = (0..<200).map { sentences[$0 % 3] + "\n" }
    try vectors(try file("wiki.txt", story.joined()).path, folder.appending(path: "vectors.safetensors"))
    try await concurrency()
    print("as expected")
  }
}
