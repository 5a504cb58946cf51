import Foundation
import Testing
import TextKit
import TextKitModels
import TextKitTestSupport

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Map of words")
struct VectorMapTests {
  // m = numpy.round(rng.normal(size=(6, 4)), 2); m -= m.mean(0); u, s, vt = numpy.linalg.svd(m)
  // each row of vt times the sign of its element of the greatest magnitude; m @ vt[:2].T
  @Test("Principal components are those of the singular value decomposition")
  func components() {
    let rows = [
      [-1.29, 0.35, -1.69, -2.04], [-0.3, -0.9, 0.16, 2.24], [-0.83, -0.62, 0.21, 0.49], [-0.18, -0.21, 0.7, 0.52],
      [-1.03, -0.08, 0.04, -1.05], [0.26, -0.86, 0.97, 0.19],
    ]
    let expected = [
      [-2.869207427865175, -0.5075611034092513], [2.0334918714571733, -0.9777425700989113],
      [0.405848800764157, -0.21210459189354497], [0.7112426904938884, 0.37140163013140587],
      [-1.1242115661499446, 0.3882705307078808], [0.8428356312999006, 0.9377361045624213],
    ]
    let found = PrincipalComponents.coordinates(rows, count: 2)
    for (row, wanted) in zip(found, expected) {
      #expect(zip(row, wanted).allSatisfy { abs($0 - $1) < 1e-9 }, "\(row) \(wanted)")
    }
  }

  @Test("Rows that do not differ, or in one direction only, have zeros for the rest")
  func degenerate() {
    #expect(PrincipalComponents.coordinates([], count: 2).isEmpty)
    #expect(PrincipalComponents.coordinates([[1, 2]], count: 2) == [[0, 0]])
    #expect(PrincipalComponents.coordinates([[1, 2], [1, 2]], count: 2) == [[0, 0], [0, 0]])
    let line = PrincipalComponents.coordinates([[0, 0], [3, 4], [6, 8]], count: 2)
    #expect(zip(line.map { $0[0] }, [-5, 0, 5]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(line.allSatisfy { abs($0[1]) < 1e-12 })
  }

  /// The texts of an SVG, and the circles' places.
  private final class Reader: NSObject, XMLParserDelegate {
    var labels: [String] = []
    var circles: [[String: String]] = []
    private var text: String?

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      if name == "text" { text = "" }
      if name == "circle" { circles.append(attributes) }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text?.append(string) }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      if name == "text", let text { labels.append(text) }
      if name == "text" { text = nil }
    }
  }

  @Test("The picture is well-formed XML with a dot and a label for each word, whatever is in it")
  func picture() throws {
    let words = ["<b>&amp;\"'", "]]>", "北京", "e\u{301}", "\u{1}", "😀", "a b", "plain"]
    var random = SeededRandom(seed: 5)
    let values = (0..<words.count * 3).map { _ in Float.random(in: -1..<1, using: &random) }
    let map = VectorMap(of: words + ["unknown", "plain"], in: WordVectors(words: words, values: values))
    #expect(map.points.map(\.word) == words && map.unknownWords == ["unknown"])
    let svg = map.svg()
    #expect(svg == map.svg())
    let reader = Reader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(reader.labels == words.map { $0 == "\u{1}" ? "\u{FFFD}" : $0 })
    #expect(reader.circles.count == words.count)
    for circle in reader.circles {
      let (x, y) = (try #require(Double(circle["cx"] ?? "")), try #require(Double(circle["cy"] ?? "")))
      #expect((48...912).contains(x) && (48...672).contains(y))
    }
  }

  @Test("A label with room around it stands beside its dot; labels of dots at one place do not cover each other")
  func labels() throws {
    var values: [Float] = []
    for index in 0..<12 { values += [Float(index * index % 7), Float(index)] }
    let words = (0..<12).map { "word\($0)" }
    func places(_ svg: String) throws -> [(x: Double, y: Double)] {
      try svg.matches(of: #/<text x="([0-9.]+)" y="([0-9.]+)"/#).map {
        (try #require(Double($0.1)), try #require(Double($0.2)))
      }
    }
    let apart = VectorMap(of: words, in: WordVectors(words: words, values: values)).svg()
    #expect(try places(apart).count == 12 && !apart.contains("<line"))
    let together = VectorMap(
      of: words, in: WordVectors(words: words, values: [Float](repeating: 1, count: 24)))
    let found = try places(together.svg())
    for (index, first) in found.enumerated() {
      for second in found[..<index] {
        #expect(abs(first.x - second.x) > 35 || abs(first.y - second.y) > 13, "\(first) \(second)")
      }
    }
  }

  @Test("One word is in the middle; no word is an empty picture")
  func few() {
    let vectors = WordVectors(words: ["a"], values: [1, 2, 3])
    #expect(VectorMap(of: ["a"], in: vectors).svg().contains("cx=\"480.0\" cy=\"360.0\""))
    #expect(XMLParser(data: Data(VectorMap(of: [], in: vectors).svg().utf8)).parse())
  }
}
