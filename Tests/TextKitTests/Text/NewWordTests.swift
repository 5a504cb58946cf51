import Foundation
import Testing
import TextKit
import TextKitModels
import TextKitPretrained
import TextKitTestSupport

@Suite("New words")
struct NewWordTests {
  private struct Figures {
    let count: Int
    /// Cohesion, entropy before and behind.
    let values: [Double]
  }

  /// Every string up to a length, by looking at every place of every line.
  private func naive(_ lines: [String], _ maximumLength: Int, count minimum: Int) -> [String: Figures] {
    let runs = lines.flatMap { $0.split { !("\u{3400}"..."\u{9FFF}").contains($0) }.map(Array.init) }
    var counts: [String: Int] = [:]
    var (left, right) = ([String: [String: Int]](), [String: [String: Int]]())
    var outside = 0
    for run in runs {
      for start in run.indices {
        for end in start..<min(run.count, start + maximumLength) {
          let word = String(run[start...end])
          counts[word, default: 0] += 1
          outside += 1
          left[word, default: [:]][start > 0 ? String(run[start - 1]) : "outside \(outside)", default: 0] += 1
          right[word, default: [:]][end + 1 < run.count ? String(run[end + 1]) : "outside \(outside)", default: 0] +=
            1
        }
      }
    }
    let total = Double(runs.reduce(0) { $0 + $1.count })
    func entropy(_ neighbors: [String: Int]) -> Double {
      let sum = Double(neighbors.values.reduce(0, +))
      return neighbors.values.reduce(0) { $0 - Double($1) / sum * log(Double($1) / sum) }
    }
    var words: [String: Figures] = [:]
    for (word, count) in counts where word.count > 1 && count >= minimum {
      let halves = (1..<word.count).map { cut in
        log(
          Double(count) * total / Double(counts[String(word.prefix(cut))] ?? 0)
            / Double(counts[String(word.dropFirst(cut))] ?? 0))
      }
      words[word] = Figures(
        count: count, values: [halves.min() ?? 0, entropy(left[word] ?? [:]), entropy(right[word] ?? [:])])
    }
    return words
  }

  private func lines(_ random: inout SeededRandom, count: Int) -> [String] {
    (0..<count).map { _ in
      (0..<random.integer(in: 0..<30)).map { _ in random.pick(["中", "国", "人", "民", "银", "行", "，", "a", "𠀀"]) }
        .joined()
    }
  }

  private func finder(_ lines: [String], length: Int = 4, limit: Int = 100_000, threads: Int = 2) -> NewWordFinder {
    let finder = NewWordFinder(maximumLength: length, limit: limit)
    let blocks = stride(from: 0, to: lines.count, by: 7).map { start in
      TextBlock(lines: lines[start..<min(lines.count, start + 7)].map { Array($0.utf8) })
    }
    for start in stride(from: 0, to: blocks.count, by: 3) {
      finder.add(Array(blocks[start..<min(blocks.count, start + 3)]), threads: threads)
    }
    return finder
  }

  @Test("a text that comes in parts has the words of the whole, wherever it was cut", arguments: 2...7)
  func parts(_ length: Int) {
    var thresholds = NewWordThresholds()
    (thresholds.count, thresholds.cohesion, thresholds.entropy) = (1, -100, -1)
    for seed: UInt64 in 0..<10 {
      var random = SeededRandom(seed: seed)
      let separator = random.pick(["", "\n"])
      let bytes = Array(lines(&random, count: 40).joined(separator: separator).utf8)
      let whole = NewWordFinder(maximumLength: length)
      whole.add([TextBlock(lines: [bytes])], threads: 1)
      let finder = NewWordFinder(maximumLength: length)
      var (place, tail): (Int, [UInt8]) = (0, [])
      while place < bytes.count {
        var parts: [[UInt8]] = []
        for _ in 0..<random.integer(in: 1..<5) {
          let most = random.pick([2, 20, 200])
          let end = min(bytes.count, place + random.integer(in: 1..<(most + 1)))
          parts.append(Array(bytes[place..<end]))
          place = end
        }
        finder.add(parts: parts, after: &tail, threads: 2)
      }
      #expect(finder.words(thresholds) == whole.words(thresholds), "seed \(seed)")
    }
  }

  @Test("counts, cohesion and entropies as plain counting has them")
  func oracle() {
    for seed: UInt64 in 0..<30 {
      var random = SeededRandom(seed: seed)
      let lines = lines(&random, count: 40)
      let length = random.integer(in: 2..<8)
      var thresholds = NewWordThresholds()
      thresholds.count = 2
      thresholds.cohesion = -.infinity
      thresholds.entropy = 0
      let expected = naive(lines, length, count: 2)
      let finder = finder(lines, length: length)
      let found = finder.words(thresholds)
      #expect(found.count == expected.count && finder.forgotten == 0, "seed \(seed)")
      for word in found {
        guard let other = expected[word.word] else {
          Issue.record("seed \(seed): \(word) is none")
          continue
        }
        #expect(word.count == other.count, "seed \(seed)")
        for (value, expected) in zip([word.cohesion, word.leftEntropy, word.rightEntropy], other.values) {
          #expect(abs(value - expected) < 1e-9, "seed \(seed): \(word.word)")
        }
      }
      // Thresholds and words that are known only leave out.
      thresholds.entropy = 0.7
      thresholds.cohesion = -0.5
      let fewer = finder.words(thresholds) { $0 == "中国" }
      #expect(
        fewer
          == found.filter {
            min($0.leftEntropy, $0.rightEntropy) >= 0.7 && $0.cohesion >= -0.5 && $0.word != "中国"
          }, "seed \(seed)")
    }
  }

  @Test("the same for any number of threads, also where rare strings are forgotten")
  func threads() {
    var random = SeededRandom(seed: 5)
    let lines = (0..<300).map { _ in
      String(
        String.UnicodeScalarView((0..<40).compactMap { _ in Unicode.Scalar(0x4E00 + random.integer(in: 0..<60)) }))
        + "天安门"
    }
    let one = finder(lines, limit: 5000, threads: 1)
    let three = finder(lines, limit: 5000, threads: 3)
    #expect(one.forgotten > 0 && one.forgotten == three.forgotten)
    var thresholds = NewWordThresholds()
    thresholds.cohesion = 3
    let words = one.words(thresholds)
    #expect(words == three.words(thresholds))
    // What is frequent is never forgotten for long.
    #expect(words.contains { $0.word == "天安门" })
  }

  @Test("the shipped segmenter knows common words")
  func lexicon() throws {
    let words = try Pretrained.segmenter().lexiconWords
    #expect(words.count > 150_000 && words.contains("天安门") && !words.contains("的的的的"))
  }
}
