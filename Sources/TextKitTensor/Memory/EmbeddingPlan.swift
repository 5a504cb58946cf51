import CTextKitKernels

/// A stretch of word2vec's work: running text, and for each center the range of words around it and its outputs.
///
/// Unsafe code lives here: `train` checks every id and range of the plan, then passes addresses that stay valid for
/// the call.
package struct EmbeddingPlan: Sendable {
  /// Ids of the running text: `[n]`.
  package var words: [Int32] = []
  /// A group's center, and the range around it, as positions in `words`: `[groups]` each.
  package var centers: [Int32] = []
  package var lows: [Int32] = []
  package var highs: [Int32] = []
  /// Where each group's outputs end: `[groups]`.
  package var outputEnds: [Int32] = []
  /// 2 · row + label of each output.
  package var outputs: [Int32] = []
  /// The greatest number of inputs of a group.
  package let inputs: Int
  /// Whether the inputs of a group are averaged to one.
  package let averages: Bool

  /// Makes an empty plan.
  package init(inputs: Int, averages: Bool) {
    precondition((1...EmbeddingPlan.mostInputs).contains(inputs), "a group of up to \(inputs) inputs")
    self.inputs = inputs
    self.averages = averages
  }

  /// The most inputs that a group may have.
  package static let mostInputs = 256

  /// Forgets the work and keeps the memory.
  package mutating func removeAll() {
    words.removeAll(keepingCapacity: true)
    centers.removeAll(keepingCapacity: true)
    lows.removeAll(keepingCapacity: true)
    highs.removeAll(keepingCapacity: true)
    outputEnds.removeAll(keepingCapacity: true)
    outputs.removeAll(keepingCapacity: true)
  }

  /// The sum over groups of their inputs, each of which predicts the center once (or, averaged, once together).
  package var pairCount: Int {
    if averages { return centers.count }
    return zip(lows, highs).reduce(0) { $0 + Int($1.1 - $1.0) - 1 }
  }

  /// Does the work: a step for every group, in order. See `tk_embedding_train`.
  ///
  /// - Parameters:
  ///   - inputTable: the table that words (or, with bags, rows of words) are rows of.
  ///   - outputTable: the table of outputs, of the same width.
  ///   - bags: the rows of `inputTable` that each word is the mean of; nil where a word is its row.
  ///   - rate: the learning rate.
  ///   - scratch: memory to work in, grown where it is too small.
  /// - Returns: the loss summed over groups, each at the time of its step.
  package func train(
    _ inputTable: SharedMatrix, _ outputTable: SharedMatrix, bags: EmbeddingBags?, rate: Float,
    scratch: inout [Float]
  ) -> Double {
    precondition(inputTable.stride == outputTable.stride, "rows of \(inputTable.stride) and \(outputTable.stride)")
    check(wordCount: bags?.ends.count ?? inputTable.rows, outputCount: outputTable.rows)
    precondition(bags.map { $0.greatest < inputTable.rows } ?? true, "a bag holds a row beyond \(inputTable.rows)")
    let size = tk_embedding_scratch_size(inputTable.stride, inputs)
    if scratch.count < size { scratch = [Float](repeating: 0, count: size) }
    return unsafe withUnsafe(bags) { ends, rows in
      unsafe withUnsafe(&scratch) { memory, plan in
        let tables = unsafe tk_embedding_tables(
          stride: inputTable.stride, inputs: inputTable.base, outputs: outputTable.base, bag_ends: ends, bags: rows)
        return unsafe withUnsafePointer(to: tables) { tables in
          unsafe withUnsafePointer(to: plan) { unsafe tk_embedding_train(tables, $0, rate, memory) }
        }
      }
    }
  }

  private func withUnsafe(
    _ bags: EmbeddingBags?, _ body: (UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Double
  ) -> Double {
    guard let bags else { return body(nil, nil) }
    return unsafe bags.ends.withUnsafeBufferPointer { ends in
      unsafe bags.rows.withUnsafeBufferPointer { unsafe body(ends.baseAddress, $0.baseAddress) }
    }
  }

  private func withUnsafe(
    _ scratch: inout [Float], _ body: (UnsafeMutablePointer<Float>?, tk_embedding_plan) -> Double
  ) -> Double {
    unsafe scratch.withUnsafeMutableBufferPointer { memory in
      unsafe words.withUnsafeBufferPointer { words in
        unsafe centers.withUnsafeBufferPointer { centers in
          unsafe lows.withUnsafeBufferPointer { lows in
            unsafe highs.withUnsafeBufferPointer { highs in
              unsafe outputEnds.withUnsafeBufferPointer { ends in
                unsafe outputs.withUnsafeBufferPointer { outputs in
                  unsafe body(
                    memory.baseAddress,
                    tk_embedding_plan(
                      words: words.baseAddress, groups: centers.count, centers: centers.baseAddress,
                      lows: lows.baseAddress, highs: highs.baseAddress, output_ends: ends.baseAddress,
                      outputs: outputs.baseAddress, inputs: inputs, averages: averages))
                }
              }
            }
          }
        }
      }
    }
  }

  /// Stops the program where a group or an id lies outside its range.
  private func check(wordCount: Int, outputCount: Int) {
    let groups = centers.count
    precondition(
      lows.count == groups && highs.count == groups && outputEnds.count == groups,
      "\(groups) centers, \(lows.count) lows, \(highs.count) highs, \(outputEnds.count) ends of outputs")
    precondition(outputEnds.last ?? 0 == outputs.count, "\(outputs.count) outputs end at \(outputEnds.last ?? 0)")
    precondition(
      EmbeddingPlan.all(words, below: wordCount) && EmbeddingPlan.all(outputs, below: 2 * outputCount),
      "an id beyond \(wordCount) words or \(outputCount) outputs")
    let (most, count) = (Int32(inputs), Int32(words.count))
    var (isSound, end) = (true, Int32(0))
    for group in 0..<groups {
      let (low, high, center) = (lows[group], highs[group], centers[group])
      isSound =
        isSound && low >= 0 && low <= center && center < high && high <= count && high - low > 1
        && high - low - 1 <= most && outputEnds[group] >= end
      end = outputEnds[group]
    }
    precondition(isSound, "a group beyond its \(count) words or \(inputs) inputs")
  }

  private static func all(_ ids: [Int32], below bound: Int) -> Bool {
    var greatest: UInt32 = 0
    for id in ids { greatest = max(greatest, UInt32(bitPattern: id)) }
    return ids.isEmpty || Int(greatest) < bound
  }
}

/// The rows that each word is the mean of: its own and those of its character n-grams.
package struct EmbeddingBags: Sendable {
  /// Where the rows of each word end: `[words]`; no word is without a row.
  package let ends: [Int32]
  /// Rows of the table of inputs.
  package let rows: [Int32]
  let greatest: Int

  /// Takes ends and rows.
  package init(ends: [Int32], rows: [Int32]) {
    precondition(
      ends.last ?? 0 == rows.count && ends.first ?? 1 > 0 && zip(ends, ends.dropFirst()).allSatisfy { $0 < $1 },
      "\(rows.count) rows of bags that end at \(ends.last ?? 0)")
    precondition(rows.allSatisfy { $0 >= 0 }, "a bag holds a negative row")
    self.ends = ends
    self.rows = rows
    greatest = Int(rows.max() ?? -1)
  }

  /// The rows of a word.
  package subscript(word: Int) -> ArraySlice<Int32> { rows[(word == 0 ? 0 : Int(ends[word - 1]))..<Int(ends[word])] }
}
