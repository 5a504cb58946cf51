import Foundation

/// A reader that is fed with what an adversary might write.
package struct FuzzTarget: Sendable {
  /// How inputs are changed.
  enum Layout: Sendable {
    /// As bytes.
    case bytes
    /// As a safetensors file, whose checksum is set right most of the time.
    case modelFile
  }

  package let name: String
  /// What is fed, in a line.
  let summary: String
  var layout = Layout.bytes
  /// Words of the format.
  var tokens: [String] = []
  /// Makes what is fed; called once in a process.
  package let make: @Sendable () throws -> FuzzSubject

  /// Changes an input.
  package func mutated(_ bytes: [UInt8], with other: [UInt8], using random: inout FuzzRandom) -> [UInt8] {
    var mutator = Mutator(tokens: tokens.map { Array($0.utf8) })
    switch layout {
    case .bytes: return mutator.mutated(bytes, with: other, using: &random)
    case .modelFile:
      mutator.maximumSize = 1 << 20
      return ModelFileMutator(mutator: mutator).mutated(bytes, with: other, using: &random)
    }
  }
}

/// A reader ready to be fed.
package struct FuzzSubject {
  /// Small inputs that it takes.
  package var seeds: [[UInt8]]
  /// Reads an input; says in a word what came of it. Throws one of the package's errors, or `BrokenProperty`.
  package var run: (FuzzInput) throws -> String

  init(seeds: [[UInt8]], run: @escaping (FuzzInput) throws -> String) {
    self.seeds = seeds
    self.run = run
  }

  /// Takes seeds that are text.
  init(_ seeds: [String], run: @escaping (FuzzInput) throws -> String) {
    self.init(seeds: seeds.map { Array($0.utf8) }, run: run)
  }
}

/// What a reader is fed.
package struct FuzzInput {
  let bytes: [UInt8]
  /// A file that holds the bytes.
  let url: URL
  /// A folder for whatever the reader writes.
  let folder: URL

  var path: String { url.path }
}

/// What always holds did not.
struct BrokenProperty: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// Throws unless a property holds.
  static func check(_ holds: Bool, _ description: @autoclosure () -> String) throws {
    if !holds { throw BrokenProperty(description()) }
  }
}
