import Testing
import TextKitTensor
import TextKitTestSupport

@Suite("Memory of one pass after another")
struct WorkspaceTests {
  private let parameters: Parameters
  private let embedding: Embedding
  private let encoder: BiLSTM
  private let output: Linear
  private let crf: CRF
  private let convolution: TextConvolution

  init() {
    var parameters = Parameters()
    var random = RandomSource(seed: 2)
    embedding = Embedding("e", count: 30, dimension: 8, in: &parameters, using: &random)
    encoder = BiLSTM("l", inputs: 8, hidden: 12, in: &parameters, using: &random)
    output = Linear("o", inputs: 24, outputs: 4, in: &parameters, using: &random)
    crf = CRF("c", tagCount: 4, in: &parameters, using: &random)
    convolution = TextConvolution(
      "v", inputs: 8, widths: [2, 3], filters: 5, padding: 1, in: &parameters, using: &random)
    self.parameters = parameters
  }

  /// A pass through most layers; returns the loss and the bytes of all gradients.
  private func pass(_ workspace: Workspace, lengths: [Int], training: Bool) -> [Float] {
    var random = SeededRandom(seed: 6)
    let batch = PackedBatch(lengths: lengths)
    let n = batch.tokenCount
    let graph = Graph(parameters, training: training, seed: 1, workspace: workspace)
    let x = embedding(random.tags(n, tagCount: 30), in: graph)
    let dropped = Dropout(rate: 0.3)(x, sequences: batch.sequenceOfRow, in: graph)
    let emissions = output(encoder(dropped, batch: batch, in: graph), in: graph)
    let labelLoss = crf.loss(emissions, tags: random.tags(n, tagCount: 4), batch: batch, in: graph)
    let features = convolution(
      x, over: RowSequences(Segments(lengths: [n / 2, n - n / 2])), in: graph)
    let classLoss = graph.crossEntropy(graph.softmax(graph.tanh(features)), labels: [0, 3])
    let loss = graph.add(labelLoss, classLoss)
    var found = graph.value(loss).values
    guard training else { return found }
    graph.backward(from: loss)
    for part in graph.takeGradients().parts {
      found += (part.dense?.values ?? []) + (part.rows?.values.values ?? [])
    }
    return found
  }

  @Test("after the first pass nothing is allocated", arguments: [false, true])
  func reuse(training: Bool) {
    let workspace = Workspace()
    #expect(workspace.allocatedBytes == 0)
    let first = pass(workspace, lengths: [5, 9, 2], training: training)
    let bytes = workspace.allocatedBytes
    #expect(bytes > 0)
    for _ in 0..<3 {
      // Reused memory isn't zero: a pass must not depend on what it held.
      #expect(pass(workspace, lengths: [5, 9, 2], training: training) == first)
      #expect(workspace.allocatedBytes == bytes)
    }
    #expect(pass(Workspace(), lengths: [5, 9, 2], training: training) == first)
  }

  @Test("memory of another batch changes no value", arguments: 1...10 as ClosedRange<UInt64>)
  func otherBatches(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let workspace = Workspace()
    for _ in 0..<6 {
      let lengths = random.lengths(3, in: 1..<20)
      let found = pass(workspace, lengths: lengths, training: true)
      #expect(
        found == pass(Workspace(), lengths: lengths, training: true), "seed \(seed), lengths \(lengths)")
    }
  }

  @Test("a tensor that is still held is not written over")
  func heldTensors() {
    let workspace = Workspace()
    func doubled(_ value: Float) -> Tensor {
      let graph = Graph(workspace: workspace)
      return graph.value(graph.scale(graph.constant(Tensor(Shape(3, 3), repeating: value)), by: 2))
    }
    let (first, second) = (doubled(1), doubled(2))
    let reshaped = doubled(3).reshaped(Shape(1, 9))
    for value in 4..<20 { _ = doubled(Float(value)) }
    #expect(first.values == Array(repeating: 2, count: 9))
    #expect(second.values == Array(repeating: 4, count: 9))
    #expect(reshaped.values == Array(repeating: 6, count: 9))
  }

  /// A tensor may outlive the workspace's last owner but itself.
  @Test("a tensor outlives its workspace")
  func outlives() {
    var held: [Tensor] = []
    for value in 0..<4 {
      let graph = Graph(workspace: Workspace())
      held.append(
        graph.value(graph.scale(graph.constant(Tensor(Shape(2, 2), repeating: Float(value))), by: 3)))
    }
    #expect(held.map { $0.values[3] } == [0, 3, 6, 9])
  }
}
