import Foundation
import Testing
import TextKitModels

@Suite("Decimal numbers of vector files")
struct DecimalTests {
  /// Reads numbers as the rows of a file of one column.
  private func read(_ numbers: [String]) throws -> [Float] {
    let rows = numbers.enumerated().map { "w\($0) \($1)\n" }.joined()
    return try WordVectors(data: Data("\(numbers.count) 1\n\(rows)".utf8), path: "v", threads: 1).values
  }

  private func expectExact(_ numbers: [String]) throws {
    let found = try read(numbers)
    #expect(found.count == numbers.count)
    for (text, value) in zip(numbers, found) {
      let expected = try #require(Float(text))
      #expect(value.bitPattern == expected.bitPattern, "\(text)")
    }
  }

  @Test("The hard cases: middles between two numbers, subnormal ones, many digits, all spellings")
  func hard() throws {
    try expectExact([
      "0", "-0", "+0.0", "1", "-1.", ".5", "+.25e1", "1e5", "1E-5", "1e+05", "0.000000", "00012.500",
      // 1 + 2^-24, a middle, and its neighbors.
      "1.000000059604644775390625", "1.00000005960464477", "1.00000005960464478", "1.0000000596046448",
      "1.000000059604644776", "1.000000059604644775", "0.1000000014901161193847656250",
      "16777217", "16777219", "33554434.0", "9007199254740993", "8.589973e9", "8589973504.0000000000001",
      "3.4028235e38", "3.40282356e38", "1.17549435e-38", "1.1754942e-38", "1e-45", "7e-46", "1.4e-45", "1e-50",
      "9999999999999999999", "99999999999999999999", "1234567890123456789012345678901234567890e-20",
      "0.00000000000000000000000000000000000001", "123456789e-30", "123456789e22", "5e-324",
    ])
  }

  @Test("Random numbers of every length and size, in every number of digits")
  func random() throws {
    var state: UInt64 = 42
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 17 ^ state << 31
    }
    var numbers: [String] = []
    while numbers.count < 40_000 {
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: next()))
      guard value.isFinite, abs(value) < 3e38 else { continue }
      numbers.append(value.description)
      numbers.append(Double(value).description)
      // The middle between this number and the next, in 17 digits and exactly.
      let middle = (Double(value) + Double(value.nextUp)) / 2
      numbers.append(String(format: "%.16e", middle))
      numbers.append(String(format: "%.30f", middle.truncatingRemainder(dividingBy: 1e6)))
      numbers.append(
        String(format: "%.\(next() % 19)f", Double(Int64(bitPattern: next()) >> Int64(next() % 60)) / 1e9))
    }
    try expectExact(numbers)
  }

  @Test("What is no number is none")
  func none() throws {
    for text in ["", "-", ".", "e5", "1e", "1e+", "0x10", "1.2.3", "1,5", "--1", "1_000", "１"] {
      let data = Data("2 1\na 1\nb \(text)\n".utf8)
      #expect(try WordVectors(data: data, path: "v", threads: 1).words == ["a"], "\(text)")
    }
  }
}
