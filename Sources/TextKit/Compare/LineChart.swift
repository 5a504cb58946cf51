import Foundation

/// Lines over two axes, as an SVG element of a page whose style sheet has the colors.
package struct LineChart {
  /// One line.
  struct Series {
    /// What the legend calls it.
    let name: String
    /// The class that colors it.
    let style: String
    /// Points from left to right.
    let points: [(x: Double, y: Double)]
  }

  /// What the chart shows, for those who can't see it.
  var title: String
  var xLabel: String
  var yLabel: String
  var series: [Series]
  /// Whether the horizontal axis is logarithmic.
  var isLogarithmic = false
  /// The least range of the vertical axis; what lies outside widens it.
  var yRange: ClosedRange<Double>?

  private static let (width, height) = (360.0, 230.0)
  private static let (left, right, top, bottom) = (58.0, 16.0, 12.0, 40.0)

  /// The element; empty without points.
  var svg: String {
    let points = series.flatMap(\.points)
    guard let xs = range(points.map(\.x)), var ys = range(points.map(\.y)) else { return "" }
    if let yRange { ys = min(ys.lowerBound, yRange.lowerBound)...max(ys.upperBound, yRange.upperBound) }
    let yTicks = Self.ticks(ys)
    ys = min(ys.lowerBound, yTicks.first ?? ys.lowerBound)...max(ys.upperBound, yTicks.last ?? ys.upperBound)
    func x(_ value: Double) -> Double {
      let (low, high) = (scaled(xs.lowerBound), scaled(xs.upperBound))
      let share = high > low ? (scaled(value) - low) / (high - low) : 0.5
      return Self.left + share * (Self.width - Self.left - Self.right)
    }
    func y(_ value: Double) -> Double {
      let share = (value - ys.lowerBound) / max(ys.upperBound - ys.lowerBound, .leastNormalMagnitude)
      return Self.height - Self.bottom - share * (Self.height - Self.top - Self.bottom)
    }
    var lines = [
      "<svg class=\"chart\" viewBox=\"0 0 360 230\" role=\"img\" aria-label=\"\(XMLText.escaped(title))\">"
    ]
    for tick in yTicks {
      lines.append(Self.line(from: (Self.left, y(tick)), to: (Self.width - Self.right, y(tick)), "grid"))
      lines.append(Self.text(Self.label(tick, yTicks), Self.left - 6, y(tick) + 4, "tick", anchor: "end"))
    }
    for tick in xTicks(xs) {
      lines.append(Self.text(Self.short(tick), x(tick), Self.height - Self.bottom + 16, "tick", anchor: "middle"))
    }
    let middle = (Self.left + Self.width - Self.right) / 2
    lines.append(Self.text(xLabel, middle, Self.height - 6, "axis", anchor: "middle"))
    let height = XMLText.decimal((Self.height - Self.bottom + Self.top) / 2)
    lines.append(
      "<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(12 \(height)) rotate(-90)\">"
        + "\(XMLText.escaped(yLabel))</text>")
    for line in series { lines += Self.drawn(line, x, y) }
    return lines.joined(separator: "\n") + "\n</svg>"
  }

  private static func drawn(_ series: Series, _ x: (Double) -> Double, _ y: (Double) -> Double) -> [String] {
    let places = series.points.map { "\(XMLText.decimal(x($0.x))),\(XMLText.decimal(y($0.y)))" }
    var lines = ["<polyline class=\"line \(series.style)\" points=\"\(places.joined(separator: " "))\"/>"]
    for point in series.points {
      let hint = "\(series.name), \(short(point.x)): \(String(format: "%.4f", point.y))"
      lines.append(
        "<circle class=\"point \(series.style)\" cx=\"\(XMLText.decimal(x(point.x)))\" "
          + "cy=\"\(XMLText.decimal(y(point.y)))\" r=\"3.5\"><title>\(XMLText.escaped(hint))</title></circle>")
    }
    return lines
  }

  /// The legend, for the page around the chart.
  var legend: String {
    let items = series.map { "<span class=\"key \($0.style)\">\(XMLText.escaped($0.name))</span>" }
    return "<p class=\"legend\">\(items.joined(separator: " "))</p>"
  }

  private func scaled(_ value: Double) -> Double { isLogarithmic ? log(max(value, .leastNormalMagnitude)) : value }

  private func range(_ values: [Double]) -> ClosedRange<Double>? {
    guard let low = values.min(), let high = values.max() else { return nil }
    return low...high
  }

  /// Marks at the values themselves where they are few and far enough apart, else at round numbers.
  private func xTicks(_ range: ClosedRange<Double>) -> [Double] {
    let values = Set(series.flatMap(\.points).map(\.x)).sorted()
    let (low, high) = (scaled(range.lowerBound), scaled(range.upperBound))
    let gaps = zip(values, values.dropFirst()).map { scaled($1) - scaled($0) }
    if values.count <= 6, (gaps.min() ?? .infinity) >= 0.13 * (high - low) { return values }
    if isLogarithmic { return [range.lowerBound, range.upperBound] }
    return Self.ticks(range).filter(range.contains)
  }

  /// Round numbers that cover a range, 3 to 7 of them.
  package static func ticks(_ range: ClosedRange<Double>) -> [Double] {
    let width = range.upperBound - range.lowerBound
    guard width > 0 else {
      let step = max(abs(range.lowerBound), 1) / 10
      return [range.lowerBound - step, range.lowerBound, range.lowerBound + step]
    }
    let power = pow(10, (log10(width / 4)).rounded(.down))
    let step = [1, 2, 2.5, 5, 10].map { $0 * power }.first { width / $0 <= 5 } ?? power * 10
    let first = (range.lowerBound / step + 1e-9).rounded(.down)
    let last = (range.upperBound / step - 1e-9).rounded(.up)
    return stride(from: first, through: max(last, first + 1), by: 1).map { $0 * step }
  }

  /// A mark with as many digits as tell it from its neighbors.
  private static func label(_ tick: Double, _ ticks: [Double]) -> String {
    let step = ticks.count > 1 ? ticks[1] - ticks[0] : 1
    var digits = 0
    while digits < 6, abs(step * pow(10, Double(digits)) - (step * pow(10, Double(digits))).rounded()) > 1e-6 {
      digits += 1
    }
    return String(format: "%.\(digits)f", abs(tick) < step * 1e-6 ? 0 : tick)
  }

  /// A count in few letters.
  private static func short(_ value: Double) -> String {
    switch abs(value) {
    case 1_000_000...: String(format: "%.3gM", value / 1_000_000)
    case 10_000...: String(format: "%.3gk", value / 1_000)
    default: String(format: "%.4g", value)
    }
  }

  private static func line(from: (Double, Double), to: (Double, Double), _ style: String) -> String {
    "<line class=\"\(style)\" x1=\"\(XMLText.decimal(from.0))\" y1=\"\(XMLText.decimal(from.1))\" "
      + "x2=\"\(XMLText.decimal(to.0))\" y2=\"\(XMLText.decimal(to.1))\"/>"
  }

  private static func text(_ text: String, _ x: Double, _ y: Double, _ style: String, anchor: String) -> String {
    "<text class=\"\(style)\" x=\"\(XMLText.decimal(x))\" y=\"\(XMLText.decimal(y))\" text-anchor=\"\(anchor)\">"
      + "\(XMLText.escaped(text))</text>"
  }
}
