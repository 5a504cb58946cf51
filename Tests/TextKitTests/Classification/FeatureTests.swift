import Testing
import TextKitModels
import TextKitTraining

@Suite("Features")
struct FeatureTests {
  private static let groups: [[FeatureGroup]] = [
    [NaiveFeatures.group(.words, .tokens, 1...1)], [NaiveFeatures.group(.words, .tokens, 1...4)],
    [NaiveFeatures.group(.words, .tokens, 3...3)], [NaiveFeatures.group(.characters, .tokens, 1...3)],
    [NaiveFeatures.group(.words, .characters, 1...3)], [NaiveFeatures.group(.words, .characters, 4...5)],
    [
      NaiveFeatures.group(.words, .tokens, 1...2), NaiveFeatures.group(.words, .tokens, 1...2),
      NaiveFeatures.group(.words, .characters, 2...4), NaiveFeatures.group(.characters, .tokens, 2...2),
    ],
  ]

  @Test("counts of n-grams are those of strings", arguments: groups, [UInt64(1), 2])
  func naiveTwin(_ groups: [FeatureGroup], _ seed: UInt64) throws {
    let texts = NaiveFeatures.texts(60, seed: seed)
    let (extractor, matrix) = try FeatureExtractor.fit(NaiveFeatures.counting(groups), texts)
    let expected = NaiveFeatures.columns(texts, groups)
    #expect(matrix.rowCount == texts.count && extractor.columnCount == expected.count)
    #expect(NaiveFeatures.columns(matrix) == expected)
    #expect(extractor.features(of: TextBlock(texts)) == matrix)
  }

  ///     CountVectorizer(analyzer='char_wb', ngram_range=(4, 5)).fit_transform(['ab a abcd a', 'a']).toarray().T
  @Test("characters of tokens are scikit-learn's char_wb, short tokens as a whole")
  func characters() throws {
    let configuration = NaiveFeatures.counting([NaiveFeatures.group(.words, .characters, 4...5)])
    let (_, matrix) = try FeatureExtractor.fit(configuration, ["ab a abcd a", "a"])
    #expect(
      NaiveFeatures.columns(matrix)
        == NaiveFeatures.sorted([[2, 1], [1, 0], [1, 0], [1, 0], [1, 0], [1, 0], [1, 0]]))
  }

  @Test("features of too few or too many texts are left out", arguments: [1, 2, 4], [1, 0.4, 0.15])
  func documentLimits(_ minimum: Int, _ share: Double) throws {
    let texts = NaiveFeatures.texts(40, seed: 3)
    var configuration = NaiveFeatures.counting([NaiveFeatures.group(.words, .tokens, 1...2)])
    (configuration.minimumDocuments, configuration.maximumShare) = (minimum, share)
    let expected = NaiveFeatures.columns(texts, configuration.groups).filter { column in
      let documents = column.count { $0 > 0 }
      return documents >= minimum && Double(documents) <= share * 40
    }
    #expect(!expected.isEmpty)
    #expect(NaiveFeatures.columns(try FeatureExtractor.fit(configuration, texts).features) == expected)
  }

  @Test("the features of most texts are kept", arguments: [1, 5, 30, 1000])
  func maximum(_ limit: Int) throws {
    let texts = NaiveFeatures.texts(60, seed: 4)
    var configuration = NaiveFeatures.counting([NaiveFeatures.group(.words, .tokens, 1...2)])
    let all = NaiveFeatures.columns(texts, configuration.groups).map { column in column.count { $0 > 0 } }
    configuration.maximumFeatures = limit
    let (extractor, matrix) = try FeatureExtractor.fit(configuration, texts)
    #expect(extractor.columnCount == min(limit, all.count))
    let kept = NaiveFeatures.columns(matrix).map { column in column.count { $0 > 0 } }
    #expect(kept.sorted(by: >) == Array(all.sorted(by: >).prefix(limit)))
  }

  @Test("hashed features are those of strings, some of them one")
  func hashed() throws {
    let texts = NaiveFeatures.texts(60, seed: 5)
    var configuration = NaiveFeatures.counting([NaiveFeatures.group(.words, .tokens, 1...2)])
    let expected = NaiveFeatures.columns(texts, configuration.groups)
    configuration.hashBits = 26
    let (wide, matrix) = try FeatureExtractor.fit(configuration, texts)
    // So few among 2²⁶ don't meet.
    #expect(wide.columnCount == 1 << 26 && NaiveFeatures.columns(matrix) == expected)
    configuration.hashBits = 4
    let (narrow, folded) = try FeatureExtractor.fit(configuration, texts)
    #expect(narrow.columnCount == 16 && Set(folded.columns).count == 16)
    for row in texts.indices {
      let columns = folded.entries(ofRow: row).map { folded.columns[$0] }
      #expect(zip(columns, columns.dropFirst()).allSatisfy { $0 < $1 })
      let sums = [matrix, folded].map { matrix in matrix.entries(ofRow: row).reduce(0) { $0 + matrix.values[$1] } }
      #expect(sums[0] == sums[1])
    }
  }

  @Test("rows of many blocks don't depend on threads", arguments: [nil, 10])
  func threads(bits: Int?) throws {
    let texts = (0..<2000).map { "w\($0 % 97) w\($0 % 31) w\($0 * 7 % 1009) w\($0 % 5)" }
    var configuration = FeatureConfiguration()
    (configuration.maximumN, configuration.hashBits) = (3, bits)
    if bits == nil { configuration.maximumFeatures = 500 }
    let fitted = try [1, 2, 4].map { try FeatureExtractor.fit(configuration, texts, threads: $0) }
    #expect(fitted.allSatisfy { $0.features == fitted[0].features && $0.extractor.idf == fitted[0].extractor.idf })
    #expect(fitted[0].extractor.features(of: TextBlock(texts), threads: 3) == fitted[0].features)
    #expect(fitted[0].extractor.features(of: TextBlock(texts)) == fitted[0].features)
  }

  @Test("texts without features are refused, unknown ones have empty rows", arguments: [nil, 8])
  func nothing(bits: Int?) throws {
    var configuration = FeatureConfiguration()
    configuration.hashBits = bits
    #expect(throws: TrainingError.self) { try FeatureExtractor.fit(configuration, ["", " \n"]) }
    #expect(throws: TrainingError.self) { try FeatureExtractor.fit(configuration, []) }
    let (extractor, _) = try FeatureExtractor.fit(configuration, ["a b", "b c"])
    #expect(extractor.features(of: TextBlock([""])).rowEnds == [0])
    if bits == nil {
      #expect(extractor.features(of: TextBlock(["x y", "b", "z"])).rowEnds == [0, 1, 1])
      configuration.minimumDocuments = 3
      #expect(throws: TrainingError.self) { try FeatureExtractor.fit(configuration, ["a b", "b c"]) }
    }
    configuration.tokens = TokenizerConfiguration(.segmented)
    #expect(throws: TrainingError.self) { try FeatureExtractor.fit(configuration, ["a"]) }
  }

  @Test("what no features can be made by is refused")
  func configuration() {
    let changes: [(String, (inout FeatureConfiguration) -> Void)] = [
      ("minimumN", { $0.minimumN = 0 }), ("maximumN", { $0.maximumN = 17 }), ("maximumN", { $0.minimumN = 3 }),
      ("more[0].maximumN", { $0.more = [NaiveFeatures.group(.words, .tokens, 1...20)] }),
      ("more", { $0.more = [FeatureGroup](repeating: FeatureGroup(), count: 17) }),
      ("minimumDocuments", { $0.minimumDocuments = 0 }), ("maximumShare", { $0.maximumShare = 0 }),
      ("maximumShare", { $0.maximumShare = .nan }), ("maximumFeatures", { $0.maximumFeatures = 0 }),
      ("hashBits", { $0.hashBits = 27 }), ("hashBits", { $0.hashBits = 0 }),
      ("hashBits", { ($0.hashBits, $0.maximumFeatures) = (10, 5) }),
      ("hashBits", { ($0.hashBits, $0.minimumDocuments) = (10, 2) }),
    ]
    #expect(FeatureConfiguration().firstUnusable == nil)
    for (name, change) in changes {
      var configuration = FeatureConfiguration()
      change(&configuration)
      #expect(configuration.firstUnusable?.name == name)
      var (linear, neighbors) = (LinearClassifierRecipe(), NeighborRecipe())
      (linear.features, neighbors.features) = (configuration, configuration)
      for recipe in [linear, neighbors] as [any ClassifierRecipe] {
        #expect(throws: ConfigurationError.self, "\(name)") {
          try ContractTexts.train(recipe, on: ContractTexts.corpus(labels: 2))
        }
      }
    }
  }
}
