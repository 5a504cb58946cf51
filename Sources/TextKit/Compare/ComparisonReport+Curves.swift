extension ComparisonReport {
  /// Accuracy against the number of training texts, on texts that were learned from and on others.
  var learningCurves: String {
    let curves = done.filter { !$0.result.curve.isEmpty }
    guard !curves.isEmpty else { return "" }
    let values = curves.flatMap { $0.result.curve.flatMap { [$0.train.accuracy, $0.dev.accuracy] } }
    let range = (values.min() ?? 0)...(values.max() ?? 1)
    let cards = curves.map { name, model in
      let sizes = model.curve.map(\.documents)
      let chart = LineChart(
        title: "Accuracy of \(name) against training texts", xLabel: "training texts", yLabel: "accuracy",
        series: [
          LineChart.Series(
            name: "on dev", style: "one", points: model.curve.map { (Double($0.documents), $0.dev.accuracy) }),
          LineChart.Series(
            name: "on the texts learned from", style: "two",
            points: model.curve.map { (Double($0.documents), $0.train.accuracy) }),
        ],
        isLogarithmic: (sizes.last ?? 1) > 4 * max(1, sizes.first ?? 1), yRange: range)
      return Self.card(name, chart)
    }
    return """
      <h2>Learning curves</h2>
      <p class="soft">Two lines far apart: the model learns its texts by heart, and more texts would help. Two lines
      close together and low: the model is too simple, and more texts won’t help.</p>
      <div class="grid-of">
      \(cards.joined(separator: "\n"))
      </div>
      """
  }

  /// Loss and dev score of every epoch.
  var lossCurves: String {
    let curves = done.filter { $0.result.epochs.count > 1 }
    guard !curves.isEmpty else { return "" }
    let cards = curves.flatMap { name, model in
      let epochs = model.epochs
      let loss = LineChart(
        title: "Training loss of \(name)", xLabel: "epoch", yLabel: "loss",
        series: [
          LineChart.Series(
            name: "training loss", style: "two", points: epochs.map { (Double($0.epoch), $0.loss) })
        ])
      let names = Set(epochs.flatMap(\.dev.keys)).sorted()
      let styles = ["one", "two"]
      let scores = names.filter { $0 != "loss" }.prefix(styles.count).enumerated().map { index, figure in
        LineChart.Series(
          name: "dev \(figure)", style: styles[index],
          points: epochs.compactMap { report in report.dev[figure].map { (Double(report.epoch), $0) } })
      }
      let dev = LineChart(
        title: "Scores of \(name) on dev", xLabel: "epoch", yLabel: "score", series: Array(scores))
      return [Self.card(name, loss)] + (scores.isEmpty ? [] : [Self.card(name, dev)])
    }
    return """
      <h2>Epochs</h2>
      <div class="grid-of">
      \(cards.joined(separator: "\n"))
      </div>
      """
  }

  private static func card(_ name: String, _ chart: LineChart) -> String {
    "<div class=\"card\"><h3>\(breakable(name))</h3>\(chart.legend)\n\(chart.svg)</div>"
  }
}
