import Foundation

extension VectorMap {
  private static let (width, height, margin) = (960.0, 720.0, 48.0)
  private static let (fontSize, pointRadius) = (13.0, 2.5)

  /// The picture as an SVG document that needs nothing else.
  public func svg() -> String {
    let places = placed
    let sizes = points.map {
      (width: XMLText.width(of: $0.word, fontSize: Self.fontSize), height: Self.fontSize * 1.2)
    }
    let layout = LabelLayout(width: Self.width, height: Self.height, pointRadius: Self.pointRadius)
    let boxes = layout.place(places, sizes: sizes)
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"960\" height=\"720\" viewBox=\"0 0 960 720\" "
        + "font-family=\"'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', Helvetica, Arial, sans-serif\" "
        + "font-size=\"13\">",
      "<title>\(XMLText.escaped("Map of \(points.count) words"))</title>",
      "<rect width=\"960\" height=\"720\" fill=\"#ffffff\"/>",
    ]
    for (place, box) in zip(places, boxes) {
      if let line = Self.leader(place, box) { lines.append(line) }
    }
    for place in places {
      lines.append(
        "<circle cx=\"\(Self.decimal(place.x))\" cy=\"\(Self.decimal(place.y))\" r=\"2.5\" fill=\"#2563a8\"/>")
    }
    for (point, box) in zip(points, boxes) {
      // The box is 1.2 of the font's size high; the base line lies at nine tenths of the size.
      let baseline = box.y + Self.fontSize * 0.98
      // A width that is only estimated is no reason to stretch letters: the text starts at the box, no more.
      lines.append(
        "<text x=\"\(Self.decimal(box.x))\" y=\"\(Self.decimal(baseline))\" fill=\"#1a1a1a\" xml:space=\"preserve\">"
          + "\(XMLText.escaped(point.word))</text>")
    }
    return lines.joined(separator: "\n") + "\n</svg>\n"
  }

  /// Points in the picture: both axes at the same scale, the middle of all in the middle.
  private var placed: [(x: Double, y: Double)] {
    let (xs, ys) = (points.map(\.x), points.map(\.y))
    guard let left = xs.min(), let right = xs.max(), let low = ys.min(), let high = ys.max() else { return [] }
    let room = (x: Self.width - 2 * Self.margin, y: Self.height - 2 * Self.margin)
    let scales = [(room.x, right - left), (room.y, high - low)].filter { $0.1 > 0 }.map { $0.0 / $0.1 }
    let scale = scales.min() ?? 0
    return points.map { point in
      (
        x: Self.width / 2 + (point.x - (left + right) / 2) * scale,
        y: Self.height / 2 - (point.y - (low + high) / 2) * scale
      )
    }
  }

  /// A line from a point to a label that had to move away.
  private static func leader(_ point: (x: Double, y: Double), _ box: LabelLayout.Box) -> String? {
    let x = min(max(point.x, box.x), box.x + box.width)
    let y = min(max(point.y, box.y), box.y + box.height)
    let distance = ((x - point.x) * (x - point.x) + (y - point.y) * (y - point.y)).squareRoot()
    guard distance > 4 * pointRadius else { return nil }
    return "<line x1=\"\(decimal(point.x))\" y1=\"\(decimal(point.y))\" x2=\"\(decimal(x))\" y2=\"\(decimal(y))\" "
      + "stroke=\"#b0b8c0\" stroke-width=\"0.7\"/>"
  }

  private static func decimal(_ value: Double) -> String { XMLText.decimal(value) }
}
