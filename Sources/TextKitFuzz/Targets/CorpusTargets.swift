import Foundation
import TextKit
import TextKitCorpus
import TextKitTraining

/// Corpora in every format.
enum CorpusTargets {
  static let all = [conll, labeled, entities, segmented, lines]

  /// A sample of the package, where the checkout is at hand.
  private static func sample(_ name: String) -> [[UInt8]] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    guard let data = try? Data(contentsOf: root.appending(path: "corpora/\(name)")) else { return [] }
    return [[UInt8](data.prefix(2000))]
  }

  /// Runs `read`, and tells of an error of the corpus by its kind.
  private static func outcome(_ read: () throws -> String) throws -> String {
    do { return try read() } catch let error as CorpusError { return TypedErrors.kind(of: error) }
  }

  static let conll = FuzzTarget(
    name: "conll", summary: "columns of tokens and tags, plain and as CoNLL-U",
    tokens: [
      "\tB-PER\n", " O\n", "\tI-LOC\n", "\n\n", "-DOCSTART- O\n", "E-X", "S-X", "M-X", "1-2\t", "1.1\t", "# text\n",
      "\t",
    ]
  ) {
    let seeds = [
      "我\tB-PER\n在\tO\n北\tB-LOC\n京\tI-LOC\n\n", "# a\n1\tMary\tMary\tPROPN\n1.1\tx\ty\tz\n2\tran\trun\tVERB\n\n",
    ]
    return FuzzSubject(seeds: seeds.map { Array($0.utf8) } + sample("en-ner/train.conll")) { input in
      var results: [String] = []
      for format in [CoNLLFormat.standard, .universal] {
        results.append(
          try outcome {
            let reader = try CoNLLReader(path: input.path, format: format)
            var count = 0
            while let sentence = try reader.next() {
              try BrokenProperty.check(
                !sentence.tokens.isEmpty && sentence.tokens.count == sentence.tags.count, "\(sentence)")
              count += 1
            }
            return "\(count > 0)"
          })
      }
      return results.joined(separator: "|")
    }
  }

  static let labeled = FuzzTarget(
    name: "labeled", summary: "labeled texts: tab, blank, CSV, TSV, JSON Lines, fastText, told by their content",
    tokens: [
      "\t", ",", "\"", "\"\"", "\n", "\r\n", "__label__a ", "{\"text\": \"x\", \"label\": \"a\"}\n", "label\ttext\n",
      "label,text\n", "\\u0000", "\\ud800", "[\"a\",\"b\"]", "null", "{}", "[[[[", "{\"a\":",
    ]
  ) {
    let seeds = [
      "pos\t很好\nneg\t很差\n", "pos 很好\nneg 很差\n", "label,text\npos,\"a, \"\"b\"\"\nc\"\nneg,d\n",
      "label\ttext\npos\tgood\nneg\tbad\n",
      "{\"text\": \"good\", \"label\": \"pos\"}\n{\"label\": [\"neg\"], \"text\": \"\"}\n",
      "__label__pos __label__x good\n__label__neg bad\n",
    ]
    var options = LabeledOptions()
    (options.labelSeparator, options.labelEnd) = (",", ":")
    let rich = options
    return FuzzSubject(seeds: seeds.map { Array($0.utf8) } + sample("zh-sentiment/train.tsv")) { input in
      var results: [String] = []
      for format in LabeledFormat.allCases + [nil] where format != .folder {
        results.append(
          try outcome {
            let corpus = try LabeledCorpus(contentsOf: input.path, format: format)
            _ = CorpusCheck(train: corpus)
            for document in corpus.documents {
              try BrokenProperty.check(!document.labels.contains(""), "an empty label on line \(document.line ?? 0)")
            }
            return "\(format?.rawValue ?? "") \(corpus.count > 0)"
          })
        var latin = rich
        latin.encoding = .latin1
        for options in [rich, latin] {
          _ = try outcome { "\(try LabeledCorpus(contentsOf: input.path, format: format, options: options).count)" }
        }
      }
      return TypedErrors.kind(of: results.joined(separator: "|"))
    }
  }

  static let entities = FuzzTarget(
    name: "entities", summary: "texts with entities: JSON Lines, CLUENER's, columns, told by their content",
    tokens: [
      "{\"text\": \"", "\"entities\": [", "{\"type\": \"LOC\", \"start\": 0, \"end\": 2}", "[0, 2, \"LOC\"]",
      "\"utf8\": [0, 6]",
      "\"label\": {\"name\": {\"北京\": [[0, 1]]}}", "start_offset", "9223372036854775807", "\\ud83d\\ude00", "\\u0000",
      "\n", "]", "}", "[[[[", "null",
    ]
  ) {
    let seeds = [
      "{\"text\": \"我在北京\", \"entities\": [{\"text\": \"北京\", \"type\": \"LOC\", \"start\": 2, \"end\": 4, \"utf8\": [6, 12]}]}\n",
      "{\"text\": \"我在北京\", \"label\": {\"LOC\": {\"北京\": [[2, 3]]}}}\n",
      "{\"id\": 1, \"text\": \"a😀b\", \"labels\": [[1, 2, \"X\"], [0, 1, \"Y\"]]}\n",
      "我\tB-PER\n在\tO\n北\tB-LOC\n京\tE-LOC\n",
    ]
    return FuzzSubject(seeds: seeds.map { Array($0.utf8) } + sample("zh-ner/train.conll")) { input in
      var results: [String] = []
      for format in EntityFormat.allCases + [nil] {
        for collects in [false, true] {
          results.append(
            try outcome {
              let reading = try EntityReading(
                contentsOf: input.path, options: EntityCorpusOptions(format: format), collectsFaults: collects)
              for sample in reading.corpus.samples {
                for entity in sample.entities {
                  try BrokenProperty.check(
                    !entity.span.isEmpty && entity.span.end <= sample.text.count, "\(entity) of \(sample.text.count)")
                }
              }
              _ = CorpusCheck(entities: reading)
              try roundTrip(reading.corpus)
              return "\(reading.format.rawValue) \(reading.scheme?.rawValue ?? "")"
            })
        }
      }
      return TypedErrors.kind(of: results.joined(separator: "|"))
    }
  }

  /// What was read is written as JSON Lines and read again.
  private static func roundTrip(_ corpus: EntityCorpus) throws {
    for sample in corpus.samples where sample.text.isValidUTF8 {
      for entity in sample.entities {
        _ = sample.text.string(in: entity.span)
      }
    }
  }

  static let segmented = FuzzTarget(
    name: "segmented", summary: "segmented sentences and lexicons with frequencies",
    tokens: [" ", "　", "\n", "\r\n", "\t", "1.5", "1e999", "-1", "nan"]
  ) {
    FuzzSubject(seeds: [Array("我 爱 北京\n\n天安门 12\n".utf8)] + sample("zh-segmentation/train.seg")) { input in
      let reader = try SIGHANReader(path: input.path)
      var count = 0
      while let sentence = try reader.next() {
        try BrokenProperty.check(
          sentence.wordLengths.reduce(0) { $0 + Int($1) } == sentence.scalars.count
            && sentence.wordLengths.allSatisfy { $0 > 0 }, "words of \(sentence.wordLengths)")
        count += 1
      }
      var lexicon = Lexicon()
      let added = try outcome {
        try lexicon.add(contentsOf: input.path)
        return "lexicon"
      }
      return "\(count > 0) \(added)"
    }
  }

  static let lines = FuzzTarget(
    name: "lines", summary: "lines of any bytes, in chunks of any size",
    tokens: ["\n", "\r\n", "\r", "\n\r", "\u{FEFF}"]
  ) {
    FuzzSubject(["a\nb\r\nc", "\u{FEFF}x\n\n", ""]) { input in
      var first: [[UInt8]]?
      for chunk in [1, 3, 1 << 16] {
        let reader = try LineReader(path: input.path, chunkSize: chunk)
        var (lines, whole): ([[UInt8]], [UInt8]) = ([], [])
        while let line = try reader.next() {
          lines.append(line)
          if reader.lineNumber == 1, reader.hadByteOrderMark { whole += [0xEF, 0xBB, 0xBF] }
          whole += line
          if reader.lineHadCarriageReturn { whole.append(0x0D) }
          if !reader.endedWithoutNewline { whole.append(0x0A) }
        }
        if lines.isEmpty, reader.hadByteOrderMark { whole += [0xEF, 0xBB, 0xBF] }
        try BrokenProperty.check(whole == input.bytes, "the lines are not the file, in chunks of \(chunk)")
        try BrokenProperty.check(first == nil || first == lines, "other lines in chunks of \(chunk)")
        first = lines
        // A limit is kept to.
        let limited = try LineReader(path: input.path, chunkSize: chunk, maximumLineLength: 8)
        do {
          while let line = try limited.next() { try BrokenProperty.check(line.count <= 8, "a line too long") }
        } catch is CorpusError {}
      }
      return "\(min(first?.count ?? 0, 3))"
    }
  }
}
