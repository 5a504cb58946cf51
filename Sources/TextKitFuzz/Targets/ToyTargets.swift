import Foundation

/// Readers that do what no reader may: what the fuzzer itself is tested with. They are not listed.
enum ToyTargets {
  static let all = [trap, foreign, property, loop, memory, fine]

  /// Whether an input was changed: the seed is read without harm.
  private static func isChanged(_ input: FuzzInput) -> Bool { input.bytes != Array("seed".utf8) }

  private static func toy(_ name: String, _ act: @escaping @Sendable (FuzzInput) throws -> Void) -> FuzzTarget {
    FuzzTarget(name: "toy-\(name)", summary: "a reader that is wrong") {
      FuzzSubject(["seed"]) { input in
        if isChanged(input) { try act(input) }
        return "\(input.bytes.count)"
      }
    }
  }

  static let trap = toy("trap") { input in
    let place = input.bytes.count + 1
    if input.bytes.isEmpty || input.bytes[place - 2] != 0x64 { _ = input.bytes[place] }
  }

  static let foreign = toy("foreign") { _ in throw CocoaError(.fileReadUnknown) }

  static let property = toy("property") { _ in throw BrokenProperty("one is two") }

  static let loop = toy("loop") { input in
    // Work that no compiler can leave out.
    let counter = Counter()
    while counter.next() != input.bytes.count - 100_000 {}
  }

  static let memory = toy("memory") { input in
    let values = [UInt64](repeating: UInt64(input.bytes.count), count: 1 << 27)
    if values.last == .max { throw BrokenProperty("memory") }
  }

  static let fine = toy("fine") { _ in }
}
