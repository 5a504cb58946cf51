/// Filters of one width over time.
public struct FilterBank: Sendable {
  /// `[width · d, F]`: the rows of a window laid end to end.
  public let filters: Variable
  /// `[1, F]`.
  public let bias: Variable
  /// Positions that a window spans.
  public let width: Int

  /// Makes a bank.
  public init(filters: Variable, bias: Variable, width: Int) {
    precondition(
      width > 0 && filters.shape.rows % width == 0 && bias.shape == Shape(1, filters.shape.columns),
      "filters \(filters.shape) of width \(width), bias \(bias.shape)")
    self.filters = filters
    self.bias = bias
    self.width = width
  }

  /// The number of filters.
  var count: Int { filters.shape.columns }
}

// Convolution over time and its maximum, fused.

extension Graph {
  /// Convolution over time by filters of several widths, then relu, then the maximum over time (Kim 2014, section 2):
  /// `[U, d]` → `[S, Σ F]`.
  ///
  /// cₚ = relu(b + Σ windowₚ · W) with the window of `width` positions from p on, laid end to end; the result of a
  /// sequence is the maximum over its windows. With W cut by places of the window, Σ windowₚ · W = Σᵢ x[p + i] · Wᵢ: one
  /// product of all rows with all Wᵢ serves every position at which a row stands, in O(U · d · Σ width · F), and a
  /// window's score is a sum of `width` numbers. The gradient of a maximum touches its winning window only, so the
  /// backward pass costs O(S · d · Σ width · F) whatever the lengths are. Ties go to the first window; NaN wins.
  ///
  /// - Parameters:
  ///   - x: a row for each token, such as the vectors of a batch's `DistinctTokens`.
  ///   - sequences: which rows of `x` make a sequence, S of them.
  ///   - banks: the filters, a bank for each width.
  ///   - padding: zero rows before and behind each sequence. Beyond that, a sequence shorter than a window is
  ///     followed by zeros up to one window.
  public func convolveMax(
    _ x: Variable, over sequences: RowSequences, banks: [FilterBank], padding: Int = 0
  ) -> Variable {
    let d = x.shape.columns
    precondition(padding >= 0, "a padding of \(padding)")
    for bank in banks {
      precondition(
        bank.filters.shape.rows == bank.width * d, "convolution of \(x.shape) by \(bank.filters.shape)")
    }
    let layout = Kernel.BankColumns.layout(banks.map { ($0.width, $0.count) })
    var table = make(x.shape.rows, layout.tableColumns)
    Kernel.multiply(value(x), placeFilters(banks, layout.banks, d), into: &table)
    var result = make(sequences.count, layout.columns)
    var winners = [Int32](repeating: 0, count: isTraining ? result.count : 0)
    for (bank, columns) in zip(banks, layout.banks) {
      Kernel.convolveMax(
        table, columns, bias: value(bank.bias), relu: true, over: sequences, padding: padding, into: &result,
        winners: &winners)
    }
    let inputs = [x] + banks.flatMap { [$0.filters, $0.bias] }
    return record(result, from: inputs) { [result, winners] graph, dy in
      var dx: Tensor? = graph.needsGradient(x) ? graph.makeZeros(x.shape.rows, d) : nil
      for (bank, columns) in zip(banks, layout.banks) {
        // Filters as rows, so that a winner's window and its filter are both contiguous.
        var filterRows = graph.make(bank.count, bank.width * d)
        Kernel.transpose(graph.value(bank.filters), into: &filterRows)
        var dFilterRows: Tensor? =
          graph.needsGradient(bank.filters) ? graph.makeZeros(bank.count, bank.width * d) : nil
        var dBias = graph.makeZeros(1, bank.count)
        Kernel.convolveMaxBackward(
          graph.value(x), columns, filterRows: filterRows, over: sequences, y: result, gradient: dy,
          winners: winners, dx: &dx, dFilterRows: &dFilterRows, dBias: &dBias)
        graph.accumulate(dBias, into: bank.bias)
        if let rows = dFilterRows {
          var gradient = graph.make(bank.width * d, bank.count)
          Kernel.transpose(rows, into: &gradient)
          graph.accumulate(gradient, into: bank.filters)
        }
      }
      if let dx { graph.accumulate(dx, into: x) }
    }
  }

  /// `[d, Σ width · F]`: for each bank and each place of a window, the rows of the filters that meet that place.
  private func placeFilters(_ banks: [FilterBank], _ layout: [Kernel.BankColumns], _ d: Int) -> Tensor {
    var weights = make(d, banks.reduce(0) { $0 + $1.width * $1.count })
    for (bank, columns) in zip(banks, layout) {
      Kernel.placeFilters(value(bank.filters), columns, into: &weights)
    }
    return weights
  }
}

extension Kernel.BankColumns {
  /// The columns of banks side by side, and how many there are in all.
  static func layout(
    _ banks: [(width: Int, filters: Int)]
  ) -> (banks: [Kernel.BankColumns], tableColumns: Int, columns: Int) {
    var (tableColumn, column) = (0, 0)
    let placed = banks.map { bank in
      defer {
        tableColumn += bank.width * bank.filters
        column += bank.filters
      }
      return Kernel.BankColumns(width: bank.width, filters: bank.filters, tableColumn: tableColumn, column: column)
    }
    return (placed, tableColumn, column)
  }
}

extension Kernel {
  /// Lays the rows of `filters` `[width · d, F]` that meet each place of a window side by side, in the bank's columns of
  /// `weights` `[d, …]`.
  static func placeFilters(_ filters: Tensor, _ bank: BankColumns, into weights: inout Tensor) {
    let d = weights.rows
    precondition(
      filters.shape == Shape(bank.width * d, bank.filters), "filters \(filters.shape) placed in \(weights.shape)")
    for place in 0..<bank.width {
      copy(
        filters, from: place * d, count: d, width: bank.filters, into: &weights,
        toColumn: bank.tableColumn + place * bank.filters)
    }
  }
}
