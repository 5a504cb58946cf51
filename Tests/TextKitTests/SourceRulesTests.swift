import Foundation
import Testing

@Suite("Rules of the sources")
struct SourceRulesTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func sources() throws -> [(path: String, text: String)] {
    var found: [(path: String, text: String)] = []
    for folder in ["Sources", "pretrained"] {
      let files = try #require(
        FileManager.default.enumerator(at: Self.root.appending(path: folder), includingPropertiesForKeys: nil))
      for case let file as URL in files where file.pathExtension == "swift" {
        let path = String(file.path.dropFirst(Self.root.path.count + 1))
        found.append((path, try String(contentsOf: file, encoding: .utf8)))
      }
    }
    #expect(found.count > 80, "the sources were not found")
    return found
  }

  /// Each of these says in its head why it is sound; nothing else is unsafe.
  private static let unsafeFiles: Set<String> = [
    "Sources/TextKitBenchmarks/KernelBenchmarks.swift",
    "Sources/TextKitBenchmarks/KernelElementwiseBenchmarks.swift",
    "Sources/TextKitBenchmarks/KernelProductBenchmarks.swift", "Sources/TextKitCLI/Support/Interruption.swift",
    "Sources/TextKitCommandLine/OutputWriter.swift", "Sources/TextKitCommandLine/Terminal.swift",
    "Sources/TextKitCorpus/Files/InputDescriptor.swift", "Sources/TextKitCorpus/Files/OutputDescriptor.swift",
    "Sources/TextKitCorpus/Files/AtomicFile+Output.swift", "Sources/TextKitCorpus/Files/PendingFile.swift",
    "Sources/TextKitCorpus/Files/PendingTrash.swift", "Sources/TextKitCorpus/Files/SystemMessage.swift",
    "Sources/TextKitFuzz/Run/CoverageDriver.swift", "Sources/TextKitFuzz/Run/WorkerLimits.swift",
    "Sources/TextKitModels/Entities/Patterns/PatternExpression.swift",
    "Sources/TextKitModels/ModelFile/ModelFile+Tensors.swift",
    "Sources/TextKitModels/ModelFile/RawBytes.swift", "Sources/TextKitModels/ModelFile/XXHash64+Integers.swift",
    "Sources/TextKitModels/ModelFile/XXHash64.swift", "Sources/TextKitModels/Vectors/VectorRows.swift",
    "Sources/TextKitTensor/CRF/ChainFeatures.swift", "Sources/TextKitTensor/CRF/ChainMachine.swift",
    "Sources/TextKitTensor/Memory/Array+Filled.swift",
    "Sources/TextKitTensor/Memory/CompressedRows.swift", "Sources/TextKitTensor/Memory/DualMachine.swift",
    "Sources/TextKitTensor/Memory/EmbeddingPlan.swift", "Sources/TextKitTensor/Memory/Kernel+Activations.swift",
    "Sources/TextKitTensor/Memory/Kernel+Chunks.swift", "Sources/TextKitTensor/Memory/Kernel+Convolution.swift",
    "Sources/TextKitTensor/Memory/Kernel+Rows.swift", "Sources/TextKitTensor/Memory/Kernel.swift",
    "Sources/TextKitTensor/Memory/SharedMatrix.swift", "Sources/TextKitTensor/Memory/Storage.swift",
    "Sources/TextKitTensor/Memory/Tensor+Spans.swift",
    "Sources/TextKitTensor/Quantized/QuantizedLSTM.swift",
    "Sources/TextKitTraining/Compare/PeakMemory.swift", "Sources/TextKitTraining/Word2Vec/Tokens/TokenBytes.swift",
    "Sources/TextKitTraining/Word2Vec/Tokens/TokenSpool.swift",
  ]

  @Test("unsafe code lives in the named files only")
  func unsafeCode() throws {
    let found = Set(try sources().filter { $0.text.contains(#/\bunsafe\b/#) }.map(\.path))
    #expect(found.subtracting(Self.unsafeFiles).isEmpty, "unsafe: \(found.subtracting(Self.unsafeFiles).sorted())")
    #expect(
      Self.unsafeFiles.subtracting(found).isEmpty, "not unsafe: \(Self.unsafeFiles.subtracting(found).sorted())")
  }

  @Test("library code neither traps on data nor prints")
  func noTraps() throws {
    for source in try sources() where !source.path.hasPrefix("Sources/TextKitBenchmarks") {
      for line in source.text.split(separator: "\n") where !line.trimmingPrefix(#/ +/#).hasPrefix("//") {
        // The names of what is forbidden: here they are looked for, not called.
        let traps = #/\bfatalError\(|\btry!|(^|[^\w.])print\(/#
        #expect(!line.contains(traps), "\(source.path): \(line)")
      }
    }
  }

  /// Both would write a count of 0 into the storage that all empty arrays of the process share.
  @Test("arrays are filled in place by the two functions that leave the shared empty array alone")
  func filledArrays() throws {
    let filling = #/\b(addingCapacity|unsafeUninitializedCapacity): /#
    let found = Set(try sources().filter { $0.text.contains(filling) }.map(\.path))
    #expect(
      found == ["Sources/TextKitCorpus/Text/Array+Bulk.swift", "Sources/TextKitTensor/Memory/Array+Filled.swift"])
  }
}
