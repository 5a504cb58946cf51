import Foundation
import TextKit
import TextKitCorpus
import TextKitModels
import TextKitPretrained

/// Text of any bytes through all that reads text.
enum TextTargets {
  static let all = [normalizer, splitter, segmentation, recognition, classification, converter]

  private static let tokens = [
    "我爱北京天安门", "，", "。", "\n", "\r\n", " ", "　", "Mr. ", "U.S. ", "www.a.com", "3.14", "㎏", "½", "Ａ", "ﷺ", "\u{301}",
    "👨‍👩‍👧", "\u{200B}", "İ", "ß", "“", "”", "）", "…", "頭髮", "\u{F900}",
  ]
  private static let seeds = [
    "我爱北京天安门，他说。\n", "Mr. Smith went to New York in 1999, e.g. by train.\n", "㎏ ½ Ａｂｃ ﷺ 😀\u{301}", "",
  ]

  static let normalizer = FuzzTarget(
    name: "normalizer", summary: "normalization of any bytes; places stay inside and ascend", tokens: tokens
  ) {
    let normalizers = [
      Normalizer.none, .standard, Normalizer(foldDigits: true, expandCompatibility: true),
      Normalizer(foldWidth: true, foldCase: true, foldDigits: true, expandCompatibility: true),
    ]
    return FuzzSubject(seeds) { input in
      let source = SourceText(bytes: input.bytes)
      for normalizer in normalizers {
        let text = normalizer.normalized(source)
        try BrokenProperty.check(
          text.starts.count == text.count && text.ends.count == text.count, "\(text.count) scalars without places")
        for index in 0..<text.count {
          let (start, end) = (Int(text.starts[index]), Int(text.ends[index]))
          try BrokenProperty.check(0 <= start && start < end && end <= source.count, "\(start)..<\(end)")
          if index > 0 {
            try BrokenProperty.check(
              text.starts[index - 1] <= text.starts[index] && text.ends[index - 1] <= text.ends[index],
              "places that descend at \(index)")
          }
        }
        var scalars = source.decoded().scalars
        normalizer.normalize(&scalars)
        let once = scalars
        normalizer.normalize(&scalars)
        try BrokenProperty.check(once == scalars, "normalized twice is another text")
        let decoded = source.decoded(normalizer: normalizer)
        try BrokenProperty.check(decoded.scalars == once, "decoded and normalized differ")
        try BrokenProperty.check(Int(decoded.offsets.last ?? -1) == source.count, "offsets end before the text")
        try BrokenProperty.check(zip(decoded.offsets, decoded.offsets.dropFirst()).allSatisfy { $0 < $1 }, "offsets")
      }
      return "\(source.isValidUTF8)"
    }
  }

  static let splitter = FuzzTarget(
    name: "splitter", summary: "sentences and tokens of any bytes", tokens: tokens
  ) {
    let splitters = [
      SentenceSplitter(), SentenceSplitter(granularity: .clause),
      SentenceSplitter(granularity: .clause, maximumLength: 3),
    ]
    return FuzzSubject(seeds) { input in
      let source = SourceText(bytes: input.bytes)
      for splitter in splitters {
        var end = 0
        for span in splitter.spans(in: source) {
          try BrokenProperty.check(span.start == end && span.end > end, "the piece \(span) behind \(end)")
          end = span.end
        }
        try BrokenProperty.check(end == source.count, "the pieces end at \(end) of \(source.count)")
      }
      for unit in TokenUnit.allCases where unit != .segmented {
        _ = TextTokenizer(TokenizerConfiguration(unit)).tokenize(TextBlock(lines: [input.bytes]))
      }
      return "\(source.isValidUTF8)"
    }
  }

  static let segmentation = FuzzTarget(
    name: "segmenter", summary: "the shipped segmenter over any bytes; the words are the text", tokens: tokens
  ) {
    var segmenter = try Pretrained.segmenter()
    let plain = segmenter
    segmenter.dictionary = UserDictionary(["天安门，", "New York", "京天", "\u{301}", "  a"])
    segmenter.dictionaryMode = .force
    let guided = segmenter
    return FuzzSubject(seeds) { input in
      let source = SourceText(bytes: Array(input.bytes.prefix(4000)))
      for segmenter in [plain, guided] {
        var end = 0
        for span in segmenter.spans(in: source) {
          try BrokenProperty.check(span.start == end && span.end > end, "the word \(span) behind \(end)")
          end = span.end
        }
        try BrokenProperty.check(end == source.count, "the words end at \(end) of \(source.count)")
      }
      for word in plain.scoredWords(in: source) {
        try BrokenProperty.check((-0.001...1.001).contains(word.confidence), "a confidence of \(word.confidence)")
      }
      return "\(source.isValidUTF8)"
    }
  }

  static let recognition = FuzzTarget(
    name: "recognizer", summary: "shipped recognizers over any bytes; entities stand in their text", tokens: tokens
  ) {
    let recognizers = try [Pretrained.Name.chineseEntities, .englishEntities].map {
      try EntityRecognizer(contentsOf: Pretrained.url(of: $0))
    }
    return FuzzSubject(seeds) { input in
      let bytes = Array(input.bytes.prefix(2000))
      let source = SourceText(bytes: bytes)
      var count = 0
      for recognizer in recognizers {
        var end = 0
        for entity in recognizer.entities(in: source) {
          try BrokenProperty.check(
            entity.utf8.start >= end && entity.utf8.end > entity.utf8.start && entity.utf8.end <= source.count,
            "the entity \(entity.utf8) of \(source.count) bytes")
          try BrokenProperty.check(
            source.decoded().byteSpan(of: entity.scalars) == entity.utf8, "scalars and bytes of \(entity) differ")
          try BrokenProperty.check((-0.001...1.001).contains(entity.confidence), "confidence \(entity.confidence)")
          end = entity.utf8.end
          count += 1
        }
        var output: [UInt8] = []
        for format in RecognitionFormat.allCases {
          RecognitionWriter(format, for: recognizer).append(
            recognizer.entities(in: source), text: bytes[...], to: &output)
        }
      }
      return "\(min(count, 3))"
    }
  }

  static let classification = FuzzTarget(
    name: "classifier", summary: "shipped classifiers over any bytes", tokens: tokens
  ) {
    let sentiment = try Pretrained.sentiment()
    let topics = try Classifier(contentsOf: Pretrained.url(of: .chineseTopics))
    return FuzzSubject(seeds) { input in
      let text = String(decoding: input.bytes.prefix(4000), as: UTF8.self)
      let predictions = sentiment.predictions(for: TextBlock(lines: [Array(input.bytes.prefix(4000))]))
      for prediction in predictions + [topics.prediction(for: text)] {
        try BrokenProperty.check((-0.001...1.001).contains(prediction.confidence), "\(prediction.ranking)")
      }
      _ = topics.explanation(of: text)
      return predictions.first?.label ?? "none"
    }
  }

  static let converter = FuzzTarget(
    name: "converter", summary: "script conversion of any bytes; what is UTF-8 stays UTF-8", tokens: tokens
  ) {
    let converters = try [
      Pretrained.converter(.toTraditional), Pretrained.converter(.toSimplified),
      Pretrained.converter(ScriptConversion(from: .simplified, to: .taiwan, exchangesWords: true)),
    ]
    return FuzzSubject(seeds) { input in
      let source = SourceText(bytes: input.bytes)
      for converter in converters {
        let converted = converter.converted(input.bytes)
        try BrokenProperty.check(
          SourceText(bytes: converted).isValidUTF8 == source.isValidUTF8, "valid UTF-8 became other bytes")
      }
      return "\(source.isValidUTF8)"
    }
  }
}
