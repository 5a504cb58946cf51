import Foundation
import Testing
import TextKitCorpus
import TextKitTestSupport
import TextKitTraining

@Suite("Scores of entities")
struct EntityScoreTests {
  /// g=[["B-PER","I-PER","O","O","B-LOC"],["O","B-ORG","I-ORG","I-ORG","O"],["B-LOC","B-LOC","O","B-PER","I-PER"],
  ///    ["O","O","O"]]
  /// p=[["B-PER","I-PER","O","B-ORG","B-LOC"],["O","B-ORG","I-ORG","O","O"],["B-LOC","O","O","B-LOC","I-LOC"],
  ///    ["O","O","O"]]
  private func score() throws -> EntityScore {
    let (samples, found) = try tagged(
      [
        ["B-PER", "I-PER", "O", "O", "B-LOC"], ["O", "B-ORG", "I-ORG", "I-ORG", "O"],
        ["B-LOC", "B-LOC", "O", "B-PER", "I-PER"], ["O", "O", "O"],
      ],
      [
        ["B-PER", "I-PER", "O", "B-ORG", "B-LOC"], ["O", "B-ORG", "I-ORG", "O", "O"],
        ["B-LOC", "O", "O", "B-LOC", "I-LOC"], ["O", "O", "O"],
      ])
    return EntityScore(samples, found: found)
  }

  @Test("the figures of seqeval, which are conlleval's")
  func seqeval() throws {
    // seqeval 1.2.2: classification_report(g,p,digits=4), and the same with mode="strict",scheme=IOB2:
    //   LOC 0.6667 0.6667 0.6667 3; ORG 0 0 0 1; PER 1 0.5 0.6667 2; micro 0.5 0.5 0.5
    let score = try score()
    #expect(score.micro == MatchScore(gold: 6, predicted: 6, correct: 3))
    #expect(score.types.map(\.type) == ["LOC", "ORG", "PER"])
    #expect(score["LOC"] == MatchScore(gold: 3, predicted: 3, correct: 2))
    #expect(score["ORG"] == MatchScore(gold: 1, predicted: 2, correct: 0))
    #expect(score["PER"] == MatchScore(gold: 2, predicted: 1, correct: 1))
    #expect(score["GPE"] == nil)
    // f(g,p,average="macro") for f in (precision_score,recall_score,f1_score); accuracy_score(g,p)
    #expect(abs(score.macroPrecision - 0.5555555555555555) < 1e-12)
    #expect(abs(score.macroRecall - 0.38888888888888884) < 1e-12)
    #expect(abs(score.macroF1 - 0.4444444444444444) < 1e-12)
    #expect(score.tokenAccuracy == 13.0 / 18)
  }

  @Test("the figures of SemEval-2013 as nervaluate gives them")
  func semeval() throws {
    // nervaluate 1.2.1: Evaluator(g,p,tags=["PER","LOC","ORG"],loader="list").evaluate()["overall"]:
    //   exact correct=4; ent_type correct=4; partial correct=4 partial=1; of 6 and 6
    let score = try score()
    #expect(score.spans == MatchScore(gold: 6, predicted: 6, correct: 4))
    #expect(score.overlap == MatchScore(gold: 6, predicted: 6, correct: 4))
    #expect(score.partial == MatchScore(gold: 6, predicted: 6, correct: 4.5))
  }

  /// The dictionary of the training part's entities, the longest first, applied to the test part's tokens. The figures
  /// were printed by seqeval 1.2.2 and nervaluate 1.2.1 from the same two files and the same rule:
  /// ```
  /// names = {tuple(w[b:e+1]): t for w, g in read("train.conll") for t, b, e in get_entities(list(g))}
  /// n = next((n for n in range(5, 0, -1) if tuple(words[i:i+n]) in names), 0)
  /// ```
  @Test("the figures of other scorers on a sample corpus")
  func sampleCorpus() throws {
    func read(_ name: String) throws -> [EntitySample] {
      let reader = try CoNLLReader(path: SampleCorpus.path("en-ner/\(name).conll"))
      var samples: [EntitySample] = []
      while let sentence = try reader.next() {
        samples.append(try sample(sentence.tokens, sentence.tags, line: sentence.line))
      }
      return samples
    }
    var names: [String: String] = [:]
    for sample in try read("train") {
      for entity in sample.entities { names[sample.text.string(in: entity.span)] = entity.label }
    }
    let test = try read("test")
    let found = test.map { sample in
      let tokens = sample.tokens ?? []
      var (entities, place): ([LabeledSpan], Int) = ([], 0)
      while place < tokens.count {
        let match = (1...min(5, tokens.count - place)).reversed().lazy.compactMap { count in
          let span = TextSpan(start: tokens[place].start, end: tokens[place + count - 1].end)
          return names[sample.text.string(in: span)].map { (LabeledSpan(span: span, label: $0), count) }
        }.first
        if let match { entities.append(match.0) }
        place += match?.1 ?? 1
      }
      return entities
    }
    let score = EntityScore(test, found: found)
    #expect(abs(score.micro.precision - 0.8181818181818182) < 1e-12)
    #expect(abs(score.micro.recall - 0.225) < 1e-12)
    #expect(abs(score.micro.f1 - 0.35294117647058826) < 1e-12)
    #expect(abs(score.macroPrecision - 0.4444444444444444) < 1e-12)
    #expect(abs(score.macroRecall - 0.28750000000000003) < 1e-12)
    #expect(abs(score.macroF1 - 0.33138401559454195) < 1e-12)
    #expect(abs(try #require(score.tokenAccuracy) - 0.8587570621468926) < 1e-12)
    // exact correct=9; ent_type correct=10; partial correct=9 partial=2; of 40 gold and 11 found
    #expect(score.spans == MatchScore(gold: 40, predicted: 11, correct: 9))
    #expect(score.overlap == MatchScore(gold: 40, predicted: 11, correct: 10))
    #expect(score.partial == MatchScore(gold: 40, predicted: 11, correct: 10))
  }

  @Test("surfaces count once, wherever they stand")
  func surfaces() {
    let text = SourceText("US US Us")
    func at(_ start: Int, _ type: String) -> LabeledSpan {
      LabeledSpan(span: TextSpan(start: start, end: start + 2), label: type)
    }
    let samples = [
      EntitySample(text: text, entities: [at(0, "LOC"), at(3, "LOC"), at(6, "ORG")]),
      EntitySample(text: text, entities: [at(0, "LOC")]),
    ]
    let score = EntityScore(samples, found: [[at(3, "LOC")], [at(0, "ORG"), at(6, "ORG")]])
    // Gold: US LOC, Us ORG. Found: US LOC, US ORG, Us ORG.
    #expect(score.surface == MatchScore(gold: 2, predicted: 3, correct: 2))
    #expect(score.micro == MatchScore(gold: 4, predicted: 3, correct: 1))
    #expect(score.tokenAccuracy == nil)
  }

  @Test("every entity is in one cell of the confusion")
  func confusion() throws {
    let confusion = try score().confusion
    // LOC, ORG, PER; one LOC missed, one ORG too many, one PER taken for a LOC, one ORG cut short.
    #expect(confusion.sameSpan == [2, 0, 0, 0, 0, 0, 1, 0, 1])
    #expect(confusion.otherSpan == [0, 0, 0, 0, 1, 0, 0, 0, 0])
    #expect(confusion.missed == [1, 0, 0] && confusion.spurious == [0, 1, 0])
    #expect(confusion[gold: 2, found: 0] == 1 && confusion.overlaps(gold: 1, found: 1) == 1)
  }

  @Test("cells add up to the entities, whatever overlaps", arguments: 0..<200)
  func conserves(_ seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let text = SourceText(String(repeating: "x", count: 30))
    func spans() -> [LabeledSpan] {
      (0..<random.integer(in: 0..<12)).map { _ in
        let start = random.integer(in: 0..<25)
        return LabeledSpan(
          span: TextSpan(start: start, end: start + random.integer(in: 1..<6)), label: random.pick(["A", "B"]))
      }
    }
    let (gold, found) = (spans(), spans())
    let score = EntityScore([EntitySample(text: text, entities: gold)], found: [found])
    let confusion = score.confusion
    let paired = (confusion.sameSpan + confusion.otherSpan).reduce(0, +)
    #expect(score.micro.gold == Set(gold).count && score.micro.predicted == Set(found).count, "seed \(seed)")
    #expect(paired + confusion.missed.reduce(0, +) == Set(gold).count, "seed \(seed)")
    #expect(paired + confusion.spurious.reduce(0, +) == Set(found).count, "seed \(seed)")
    #expect(Int(score.micro.correct) == Set(gold).intersection(found).count, "seed \(seed)")
    // Nobody is left over who could be paired.
    for pair in [(gold: confusion.missed, found: confusion.spurious)] where pair.gold.reduce(0, +) == Set(gold).count
    {
      let overlaps = gold.contains { entity in
        found.contains { $0.span.start < entity.span.end && entity.span.start < $0.span.end }
      }
      #expect(!overlaps, "seed \(seed)")
    }
    let reversed = EntityScore([EntitySample(text: text, entities: gold.reversed())], found: [found.reversed()])
    #expect(reversed == score, "seed \(seed)")
  }

  @Test("of spans that overlap, those of one type are paired first, then those that share most")
  func pairs() {
    let text = SourceText("0123456789")
    func span(_ start: Int, _ end: Int, _ type: String) -> LabeledSpan {
      LabeledSpan(span: TextSpan(start: start, end: end), label: type)
    }
    let one = EntityScore(
      [EntitySample(text: text, entities: [span(0, 6, "A")])], found: [[span(0, 5, "B"), span(5, 7, "A")]])
    #expect(one.confusion.otherSpan == [1, 0, 0, 0] && one.confusion.spurious == [0, 1])
    let two = EntityScore(
      [EntitySample(text: text, entities: [span(0, 6, "A")])], found: [[span(0, 2, "A"), span(2, 7, "A")]])
    #expect(two.overlap == MatchScore(gold: 1, predicted: 2, correct: 1))
    let three = EntityScore(
      [EntitySample(text: text, entities: [span(0, 3, "A"), span(3, 6, "A")])], found: [[span(0, 6, "A")]])
    #expect(three.overlap == MatchScore(gold: 2, predicted: 1, correct: 1) && three.confusion.missed == [1])
  }

  @Test("nothing at all is no crash")
  func empty() {
    let score = EntityScore([], found: [])
    #expect(score.micro.f1 == 0 && score.macroF1 == 0 && score.types.isEmpty && score.tokenAccuracy == nil)
    let blank = EntityScore([EntitySample(text: SourceText(""))], found: [[]])
    #expect(blank.sampleCount == 1 && blank.micro == MatchScore())
  }

  @Test("many types take memory by what came up, and read back as written")
  func manyTypes() throws {
    // A matrix of all pairs of types would have 20 GB.
    let entities = (0..<50_000).map { LabeledSpan(span: TextSpan(start: $0, end: $0 + 1), label: "t\($0)") }
    var sample = EntitySample(text: SourceText(String(repeating: "a", count: 50_001)), entities: entities)
    let missing = LabeledSpan(span: TextSpan(start: 50_000, end: 50_001), label: "t0")
    sample.entities.append(missing)
    let confusion = EntityScore([sample], found: [entities]).confusion
    #expect(confusion.sameSpanCells.cells.count == 50_000 && confusion.missed.reduce(0, +) == 1)
    let small = try score().confusion
    #expect(try JSONDecoder().decode(EntityConfusion.self, from: try JSONEncoder().encode(small)) == small)
  }
}
