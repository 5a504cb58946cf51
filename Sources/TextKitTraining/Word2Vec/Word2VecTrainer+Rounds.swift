import Synchronization
import TextKitTensor

extension Word2VecTrainer {
  /// Learns in rounds of chunks, each on copies of the rows that it touches.
  func runRounds(
    _ position: inout Word2VecPosition, _ shouldStop: @escaping @Sendable () -> Bool,
    _ observer: @escaping @Sendable (Word2VecPosition) -> Void
  ) {
    let round = Word2VecRound(self)
    while position.chunk < chunkCount {
      let start = position
      let count = min(Word2VecRound.chunkCount, chunkCount - start.chunk)
      Parallel.forEach(count: count, threads: threads) { item, _ in
        round.parts[item].value.withLock { part in
          learn(&part, epoch: start.epoch, chunk: start.chunk + item)
        }
      }
      round.findShares(count)
      Parallel.forEach(count: threads, threads: threads) { remainder, _ in
        for part in round.parts[..<count] {
          let (inputRows, outputRows) = part.value.withLock { ($0.inputs, $0.outputs) }
          for (table, rows) in [(inputs, inputRows), (outputs, outputRows)] {
            table.addRows(
              rows.ids[...], shares: rows.shares[...], from: rows.table, remainder: remainder, parts: threads)
          }
        }
      }
      for part in round.parts[..<count] {
        let (loss, pairs) = part.value.withLock { ($0.loss, $0.pairs) }
        position.loss += loss
        position.pairs += pairs
      }
      position.chunk += count
      observer(position)
      if shouldStop() { return }
    }
  }

  /// Learns from one chunk on copies of the rows that it touches; leaves how the copies changed.
  private func learn(_ part: inout Word2VecRound.Part, epoch: Int, chunk: Int) {
    fill(&part.planner, epoch: epoch, chunk: chunk)
    part.inputs.removeAll()
    part.outputs.removeAll()
    let bags = part.planner.localize(bags, inputs: &part.inputs, outputs: &part.outputs)
    part.inputs.fetch(from: inputs)
    part.outputs.fetch(from: outputs)
    part.loss = part.planner.plan.train(
      part.inputs.table, part.outputs.table, bags: bags, rate: rate(epoch: epoch, chunk: chunk),
      scratch: &part.scratch)
    part.pairs = part.planner.plan.pairCount
    part.inputs.table.subtractRows(part.inputs.ids[...], of: inputs)
    part.outputs.table.subtractRows(part.outputs.ids[...], of: outputs)
  }
}

extension Word2VecPlanner {
  /// Lets the plan speak of copies of rows instead of rows.
  ///
  /// - Returns: the bags of the plan's words in terms of copies.
  mutating func localize(
    _ bags: EmbeddingBags?, inputs: inout Word2VecRound.Rows, outputs: inout Word2VecRound.Rows
  ) -> EmbeddingBags? {
    plan.outputs.withEach { $0 = 2 &* outputs.copy(of: $0 >> 1) &+ ($0 & 1) }
    guard let bags else {
      plan.words.withEach { $0 = inputs.copy(of: $0) }
      return nil
    }
    // Words are numbered anew too, as their bags are looked up by word.
    var (ends, rows): ([Int32], [Int32]) = ([], [])
    var numbers: [Int32: Int32] = [:]
    plan.words.withEach { word in
      let number = numbers[word]
      for row in bags[Int(word)] {
        // Every occurrence is a use, see `Word2VecRound`.
        let copy = inputs.copy(of: row)
        if number == nil { rows.append(copy) }
      }
      if let number {
        word = number
        return
      }
      numbers[word] = Int32(ends.count)
      word = Int32(ends.count)
      ends.append(Int32(rows.count))
    }
    return EmbeddingBags(ends: ends, rows: rows)
  }
}

extension Array {
  /// Changes every element in place.
  @inline(__always)
  fileprivate mutating func withEach(_ change: (inout Element) -> Void) {
    for index in indices { change(&self[index]) }
  }
}
