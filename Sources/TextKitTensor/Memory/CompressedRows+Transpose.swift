extension CompressedRows {
  /// The transposed matrix: rows for columns, in each the old rows ascending.
  package func transposed() -> CompressedRows {
    let (numbers, numbersOfValues) = (columns.span, values.span)
    var next = [Int](repeating: 0, count: columnCount + 1)
    for index in numbers.indices { next[Int(numbers[index]) + 1] += 1 }
    for column in 0..<columnCount { next[column + 1] += next[column] }
    var rows = [Int32](repeating: 0, count: columns.count)
    var turned = [Float](repeating: 0, count: columns.count)
    var rowCells = rows.mutableSpan
    var valueCells = turned.mutableSpan
    var places = next.mutableSpan
    var start = 0
    for row in 0..<rowCount {
      for entry in start..<ends[row] {
        let column = Int(numbers[entry])
        let place = places[column]
        (rowCells[place], valueCells[place]) = (Int32(row), numbersOfValues[entry])
        places[column] = place + 1
      }
      start = ends[row]
    }
    // Each place has moved to where its column ends.
    return CompressedRows(columnCount: rowCount, ends: Array(next.dropLast()), columns: rows, values: turned)
  }
}
