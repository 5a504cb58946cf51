import Foundation
import Testing
import TextKitCorpus
import TextKitTestSupport

@Suite struct NormalizerTests {
  private static let allScalars = (0...0x10FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)

  private func fold(_ text: String, _ normalizer: Normalizer) -> String {
    normalizer.normalized(SourceText(text)).string
  }

  @Test func `width folds to the usual form`() {
    let normalizer = Normalizer(foldWidth: true)
    #expect(fold("ＡＢｃ１２！，", normalizer) == "ABc12!,")
    #expect(fold("a\u{3000}b\u{A0}c", normalizer) == "a b c")
    #expect(fold("ｱｶﾝ｡｢｣､･ｰ", normalizer) == "アカン。「」、・ー")
    #expect(fold("ﾡￂￜ￠￦", normalizer) == "ㄱㅏㅣ¢₩")
    #expect(fold("︵﹙﹚﹐︰", normalizer) == "((),‥")
    #expect(fold("中文。《》Ä½㎏", normalizer) == "中文。《》Ä½㎏")
  }

  @Test func `case and digits fold one to one`() {
    #expect(fold("ÀÉ ΣΩ ДЖ Ａ", Normalizer(foldCase: true)) == "àé σω дж ａ")
    #expect(fold("ÀＡ", .standard) == "àa")
    // Its lower case is two scalars.
    #expect(fold("İ", Normalizer(foldCase: true)) == "İ")
    #expect(fold("3月２٣", Normalizer(foldDigits: true)) == "0月00")
    #expect(fold("一二½Ⅳ", Normalizer(foldDigits: true)) == "一二½Ⅳ")
  }

  @Test func `every width form is what NFKC makes of it, or of it in one step`() {
    let normalizer = Normalizer(foldWidth: true)
    // Forms that NFKC takes a step further than to the usual width.
    let further: Set<UInt32> = [0xFFE3, 0xFE19, 0xFE30]
    var count = 0
    for scalar in Self.allScalars {
      let folded = normalizer.normalized(scalar.value)
      if folded == scalar.value || further.contains(scalar.value) || (0xFFA0...0xFFDC).contains(scalar.value) {
        continue
      }
      count += 1
      let form = String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars.map(\.value)
      #expect(form == [folded], "U+\(String(scalar.value, radix: 16))")
    }
    #expect(count > 200)
    // Half-width Hangul: the usual form has the same NFKC form.
    for value: UInt32 in 0xFFA0...0xFFDC {
      guard let scalar = Unicode.Scalar(value) else { continue }
      guard let folded = Unicode.Scalar(normalizer.normalized(value)) else { continue }
      #expect(
        String(folded).precomposedStringWithCompatibilityMapping
          == String(scalar).precomposedStringWithCompatibilityMapping, "U+\(String(value, radix: 16))")
    }
  }

  @Test func `no letter with case is missed`() {
    let normalizer = Normalizer(foldCase: true)
    for scalar in Self.allScalars {
      // Letters newer than the list may come with a newer system.
      guard let age = scalar.properties.age, age.major <= 17 else { continue }
      let lower = scalar.properties.lowercaseMapping.unicodeScalars.map(\.value)
      let expected = lower.count == 1 ? lower[0] : scalar.value
      #expect(normalizer.normalized(scalar.value) == expected, "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test func `no decimal digit is missed`() {
    let normalizer = Normalizer(foldDigits: true)
    for scalar in Self.allScalars {
      guard let age = scalar.properties.age, age.major <= 17 else { continue }
      let expected = scalar.properties.numericType == .decimal ? 0x30 : scalar.value
      #expect(normalizer.normalized(scalar.value) == expected, "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test func `bulk, single and whole-text forms agree, and twice is once`() {
    for seed: UInt64 in 0..<200 {
      var random = SeededRandom(seed: seed)
      let normalizer = Normalizer(
        foldWidth: random.chance(0.5), foldCase: random.chance(0.5), foldDigits: random.chance(0.5))
      let text = SourceText(bytes: random.bytes(count: 120))
      let plain = text.decoded()
      let decoded = text.decoded(normalizer: normalizer)
      #expect(decoded.scalars == plain.scalars.map(normalizer.normalized), "seed \(seed)")
      #expect(decoded.offsets == plain.offsets, "seed \(seed)")
      let whole = normalizer.normalized(text)
      #expect(whole.scalars == decoded.scalars, "seed \(seed)")
      #expect(whole.starts + [Int32(text.count)] == decoded.offsets, "seed \(seed)")
      var twice = decoded.scalars
      normalizer.normalize(&twice)
      #expect(twice == decoded.scalars, "seed \(seed)")
      var tail = plain.scalars
      normalizer.normalize(&tail, from: tail.count / 2)
      #expect(Array(tail[..<(tail.count / 2)]) == Array(plain.scalars[..<(tail.count / 2)]), "seed \(seed)")
      #expect(Array(tail[(tail.count / 2)...]) == Array(decoded.scalars[(tail.count / 2)...]), "seed \(seed)")
    }
  }

  @Test func `compatibility forms expand and lead back to their bytes`() {
    let text = SourceText("5㎏½Ⅳﬁ①Ａ。")
    let normalized = Normalizer(foldCase: true, expandCompatibility: true).normalized(text)
    #expect(normalized.string == "5kg1⁄2ivfi1a。")
    #expect(text.string(in: normalized.sourceSpan(of: 1..<2)) == "㎏")
    #expect(text.string(in: normalized.sourceSpan(of: 2..<4)) == "㎏½")
    #expect(text.string(in: normalized.sourceSpan(of: 0..<normalized.count)) == text.string)
    // A width form stays one to one.
    #expect(fold("︙", Normalizer(foldWidth: true, expandCompatibility: true)) == "…")
    #expect(fold("︙", Normalizer(expandCompatibility: true)) == "...")
  }

  @Test func `offset maps of expansions cover the source`() {
    for seed: UInt64 in 0..<100 {
      var random = SeededRandom(seed: seed)
      let text = SourceText(bytes: random.bytes(count: 80))
      let normalized = Normalizer(foldWidth: true, expandCompatibility: true).normalized(text)
      var covered = 0
      for index in 0..<normalized.count {
        let span = normalized.sourceSpan(of: index..<(index + 1))
        #expect(
          span.start == covered || (index > 0 && span.start == normalized.starts[index - 1]), "seed \(seed)")
        #expect(span.end >= covered && !span.isEmpty, "seed \(seed)")
        covered = span.end
      }
      #expect(covered == text.count, "seed \(seed)")
    }
  }

  @Test func `a normalizer survives JSON`() throws {
    let normalizer = Normalizer(foldWidth: true, foldDigits: true)
    let data = try JSONEncoder().encode(normalizer)
    #expect(try JSONDecoder().decode(Normalizer.self, from: data) == normalizer)
  }
}
