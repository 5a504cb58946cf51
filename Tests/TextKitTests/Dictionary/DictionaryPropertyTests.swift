import Foundation
import Testing
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitTestSupport
import TextKitTraining

@Suite("Any text with any dictionary")
struct DictionaryPropertyTests {
  /// Labelers of either kind: networks with random weights, and a small random field.
  private static let segmenters: [WordSegmenter] = {
    do {
      let model = try SampleModels.untrained()
      return try [NeuralLabeler(model), NeuralLabeler(model.quantized()), features()].map { WordSegmenter($0) }
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  private static func features() throws -> any GuidedLabeling {
    let folder = try Folder()
    let job = LabelerTraining(
      .segmented(train: SampleCorpus.path("zh-segmentation/train.seg"), dev: nil),
      output: folder.url.appending(path: "m.safetensors"), recipe: LabelerKind.perceptron.recipe(for: .words))
    guard let labeler = try job.run(observer: { _ in }) as? FeatureLabeler else {
      preconditionFailure("no labeler over features")
    }
    return labeler
  }

  /// A text of characters that often make up the same words; `marks` are blanks, ends of clauses, and
  /// what is not to be cut.
  private func text(_ random: inout SeededRandom, count: Int, marks: Bool) -> String {
    let characters = ["我", "们", "北", "京", "大", "学", "、"]
    let others = [" ", "，", "。", "  ", "a", "b", "1", "2", "e\u{301}", "👍🏽"]
    return (0..<count).map { _ in random.pick(marks && random.chance(0.25) ? others : characters) }.joined()
  }

  private func dictionary(_ random: inout SeededRandom, marks: Bool) -> UserDictionary {
    UserDictionary(
      (0..<random.integer(in: 0..<12)).map { _ in text(&random, count: random.pick([1, 2, 2, 3, 4]), marks: marks) })
  }

  private func configured(
    _ segmenter: WordSegmenter, _ dictionary: UserDictionary, _ random: inout SeededRandom
  ) -> WordSegmenter {
    var segmenter = segmenter
    segmenter.dictionary = dictionary
    segmenter.dictionaryMode = random.pick(DictionaryMode.allCases)
    segmenter.dictionaryBonus = random.pick([0.1, 1, 3, 30])
    return segmenter
  }

  private func pieces(_ segmenter: WordSegmenter, _ text: String) -> [Range<Int>] {
    let result = segmenter.segment(TextBlock(lines: [Array(text.utf8)]))
    return result.pieceEnds.indices.map(result.range(ofPiece:))
  }

  private func string(_ range: Range<Int>, _ text: String) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  @Test(
    "pieces tile the text, and white space is parted from words save in words of the dictionary", arguments: 0..<60)
  func tiles(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    for plain in Self.segmenters {
      var dictionary = dictionary(&random, marks: true)
      for _ in 0..<5 { _ = try? dictionary.insert(random.text(pieces: 3)) }
      let segmenter = configured(plain, dictionary, &random)
      for _ in 0..<10 {
        let text = random.chance(0.5) ? text(&random, count: 60, marks: true) : random.text(pieces: 40)
        var end = 0
        for piece in pieces(segmenter, text) {
          #expect(piece.lowerBound == end && !piece.isEmpty, "seed \(seed): \(text.debugDescription)")
          end = piece.upperBound
          let word = string(piece, text)
          let blanks = word.unicodeScalars.map(\.properties.isWhitespace)
          #expect(
            Set(blanks).count == 1 || dictionary.contains(word), "seed \(seed): \(word) in \(text.debugDescription)")
        }
        #expect(end == text.utf8.count)
      }
    }
  }

  /// Adds a word that came out whole, and expects it to do so again.
  private func expectKept(
    _ plain: WordSegmenter, _ text: String, _ dictionary: UserDictionary, _ random: inout SeededRandom, onlyOnce: Bool
  ) throws {
    var segmenter = configured(plain, dictionary, &random)
    let before = pieces(segmenter, text).map { string($0, text) }
    var words = Set(before.filter { !$0.allSatisfy(\.isWhitespace) })
    if onlyOnce { words = words.filter { text.count(of: $0) == 1 } }
    guard let word = words.sorted().randomElement(using: &random) else { return }
    try segmenter.dictionary?.insert(word)
    let after = pieces(segmenter, text).map { string($0, text) }
    let mode = segmenter.dictionaryMode
    #expect(
      after.count { $0 == word } >= before.count { $0 == word },
      "seed \(random.seed), \(mode): \(word) in \(text): \(before), then \(after)")
  }

  @Test("adding a word never makes it come out split", arguments: 0..<150)
  func neverSplit(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for plain in Self.segmenters {
      for _ in 0..<8 {
        // Wherever the word stands: of its places never fewer come out whole.
        let unmarked = text(&random, count: 30, marks: false)
        try expectKept(plain, unmarked, dictionary(&random, marks: false), &random, onlyOnce: false)
        // The very place, among blanks and ends of clauses.
        let marked = text(&random, count: 12, marks: true)
        try expectKept(plain, marked, dictionary(&random, marks: true), &random, onlyOnce: true)
      }
    }
  }

  @Test("nor in a text that is read through windows", arguments: 0..<12)
  func neverSplitInWindows(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for plain in Self.segmenters {
      let rare = (0..<40).compactMap { Unicode.Scalar(0x4E10 + $0) }.map(String.init)
      var characters = (0..<1300).map { _ in text(&random, count: 1, marks: false) }
      for character in rare { characters[random.integer(in: 0..<characters.count)] = character }
      for _ in 0..<4 {
        try expectKept(plain, characters.joined(), dictionary(&random, marks: false), &random, onlyOnce: true)
      }
    }
  }

  @Test("a word with a huge bonus comes out whole wherever it stands, at the edges of windows too")
  func everywhere() throws {
    var random = SeededRandom(seed: 7)
    for plain in Self.segmenters {
      var segmenter = plain
      for place in [0, 1, 100] + Array(440...515) + [830, 900, 1195] {
        for word in ["丙丁", "丙丁戊己", String(repeating: "丙丁戊己庚", count: 30)] where random.chance(0.4) {
          let text = text(&random, count: place, marks: false) + word + "大" + text(&random, count: 200, marks: false)
          segmenter.dictionary = UserDictionary([word])
          segmenter.dictionaryMode = random.pick(DictionaryMode.allCases)
          segmenter.dictionaryBonus = 1000
          #expect(pieces(segmenter, text).contains { string($0, text) == word }, "\(word.count) after \(place)")
        }
      }
    }
  }

  /// Every place of every word, the longer first, then as listed, then from the left.
  private func naiveForced(_ words: [[Character]], _ text: [Character]) -> Set<Range<Int>> {
    func isApart(_ index: Int) -> Bool { text.indices.contains(index) && "ab12e\u{301}".contains(text[index]) }
    func isEdge(_ index: Int) -> Bool { !(isApart(index - 1) && isApart(index)) }
    var places: [(range: Range<Int>, number: Int)] = []
    for (number, word) in words.enumerated() where !words[..<number].contains(word) {
      for start in text.indices where text[start...].starts(with: word) {
        if isEdge(start), isEdge(start + word.count) { places.append((start..<start + word.count, number)) }
      }
    }
    places.sort {
      (-$0.range.count, $0.number, $0.range.lowerBound) < (-$1.range.count, $1.number, $1.range.lowerBound)
    }
    var kept: Set<Range<Int>> = []
    for place in places where !kept.contains(where: { $0.overlaps(place.range) }) { kept.insert(place.range) }
    return kept
  }

  @Test("force finds the words that trying every word at every place finds", arguments: 0..<60)
  func forced(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let alphabet = Array("我们北京ab12，。 ")
    func some(_ range: Range<Int>) -> [Character] {
      (0..<random.integer(in: range)).map { _ in random.pick(alphabet) }
    }
    for plain in Self.segmenters {
      let words = (0..<15).map { _ in some(1..<5) }.filter { $0.first != " " && $0.last != " " }
      var segmenter = plain
      segmenter.dictionary = UserDictionary(words.map { String($0) })
      segmenter.dictionaryMode = .force
      let text = some(0..<60)
      let found = Set(pieces(segmenter, String(text)))
      for place in naiveForced(words, text) {
        let start = String(text[..<place.lowerBound]).utf8.count
        let bytes = start..<start + String(text[place]).utf8.count
        #expect(found.contains(bytes), "seed \(seed): \(String(text[place])) in \(String(text)), of \(words)")
      }
    }
  }

  @Test("a line has the same pieces alone and among others")
  func dependsOnTheLineAlone() {
    var random = SeededRandom(seed: 11)
    for plain in Self.segmenters {
      let segmenter = configured(plain, dictionary(&random, marks: true), &random)
      let lines = (0..<40).map { _ in Array(text(&random, count: 30, marks: true).utf8) }
      let together = segmenter.segment(TextBlock(lines: lines))
      for (index, line) in lines.enumerated() {
        let start = together.block.range(ofLine: index).lowerBound
        #expect(
          together.pieces(ofLine: index).map { together.pieceEnds[$0] - start }
            == segmenter.segment(TextBlock(lines: [line])).pieceEnds)
      }
    }
  }
}

extension String {
  /// The number of places where a text stands in this one.
  fileprivate func count(of other: String) -> Int {
    let (all, part) = (Array(utf8), Array(other.utf8))
    guard all.count >= part.count, !part.isEmpty else { return 0 }
    return (0...all.count - part.count).count { all[$0...].starts(with: part) }
  }
}
