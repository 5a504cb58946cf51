/// The products of a whole vocabulary with all filters at all places of their windows: what a convolution costs at
/// prediction is then sums of rows and no product. Immutable, so that any number of threads may use it.
package struct ConvolutionTable: Sendable {
  /// How products are kept. Halves take half the memory and move results by 2⁻¹¹ of the products; products beyond
  /// 65,504 become infinite.
  package enum Precision: Sendable {
    case single, half
  }

  private enum Products: Sendable {
    case single(Tensor)
    case half([UInt16])
  }

  private let products: Products
  private let banks: [Kernel.BankColumns]
  private let biases: [Tensor]
  private let padding: Int
  private let tableColumns: Int
  /// Columns of the result, Σ F.
  package let columns: Int

  /// Multiplies the vectors `[V, d]` of a vocabulary with filters `[width · d, F]` of several widths, in
  /// O(V · d · Σ width · F).
  ///
  /// - Parameter padding: zero rows before and behind each sequence, as in `Graph.convolveMax`.
  package init(
    _ vectors: Tensor, banks: [(filters: Tensor, bias: Tensor, width: Int)], padding: Int = 0,
    precision: Precision = .single
  ) {
    precondition(padding >= 0, "a padding of \(padding)")
    let layout = Kernel.BankColumns.layout(banks.map { ($0.width, $0.filters.columns) })
    (self.banks, self.padding, tableColumns, columns) = (layout.banks, padding, layout.tableColumns, layout.columns)
    biases = banks.map(\.bias)
    var weights = Tensor(Shape(vectors.columns, layout.tableColumns))
    for (bank, columns) in zip(banks, layout.banks) {
      Kernel.placeFilters(bank.filters, columns, into: &weights)
    }
    let rows = vectors.rows
    switch precision {
    case .single:
      var table = Tensor(Shape(rows, layout.tableColumns))
      Kernel.multiply(vectors, weights, into: &table)
      products = .single(table)
    case .half:
      // Some rows at a time, so that no table of Float stands beside that of halves.
      var halves: [UInt16] = []
      halves.reserveCapacity(rows * layout.tableColumns)
      let block = 256
      for start in stride(from: 0, to: rows, by: block) {
        let count = min(block, rows - start)
        var part = Tensor(Shape(count, vectors.columns))
        Kernel.copy(vectors, from: start, count: count, width: vectors.columns, into: &part)
        var table = Tensor(Shape(count, layout.tableColumns))
        Kernel.multiply(part, weights, into: &table)
        Kernel.appendHalves(of: table, to: &halves)
      }
      products = .half(halves)
    }
  }

  /// Bytes that the products take.
  package var byteCount: Int {
    switch products {
    case .single(let table): 4 * table.count
    case .half(let table): 2 * table.count
    }
  }

  /// What `Graph.convolveMax` gives for sequences of the vocabulary's ids: `[S, Σ F]`; with single precision the same
  /// bytes. Allocates the result and nothing else.
  package func features(over sequences: RowSequences) -> Tensor {
    var result = Tensor(Shape(sequences.count, columns))
    var winners: [Int32] = []
    for (bank, bias) in zip(banks, biases) {
      switch products {
      case .single(let table):
        Kernel.convolveMax(
          table, bank, bias: bias, relu: true, over: sequences, padding: padding, into: &result, winners: &winners)
      case .half(let table):
        Kernel.convolveMax(
          table, columns: tableColumns, bank, bias: bias, relu: true, over: sequences, padding: padding,
          into: &result)
      }
    }
    return result
  }
}

extension TextConvolution {
  /// The layer with its products kept, for a vocabulary whose vectors are the parameter `embedding` `[V, d]`.
  package func table(
    of embedding: ParameterID, _ parameters: Parameters, precision: ConvolutionTable.Precision = .single
  ) -> ConvolutionTable {
    ConvolutionTable(
      parameters[embedding],
      banks: banks.map { (parameters[$0.filters], parameters[$0.bias], $0.width) }, padding: padding,
      precision: precision)
  }
}
