/// Places labels beside points so that they cover neither each other nor points, as far as there is room.
///
/// Greedy: labels are placed one after the other, each at the first free of a list of places around its point, near
/// ones first; where none is free, at the one that covers least. O(labels²).
struct LabelLayout {
  struct Box {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    /// The area that two boxes share.
    func overlap(_ other: Box) -> Double {
      let across = min(x + width, other.x + other.width) - max(x, other.x)
      let down = min(y + height, other.y + other.height) - max(y, other.y)
      return across > 0 && down > 0 ? across * down : 0
    }
  }

  let width: Double
  let height: Double
  let pointRadius: Double

  /// The box of each label; `sizes` are widths and heights.
  func place(_ points: [(x: Double, y: Double)], sizes: [(width: Double, height: Double)]) -> [Box] {
    let dots = points.map { point in
      Box(x: point.x - pointRadius, y: point.y - pointRadius, width: 2 * pointRadius, height: 2 * pointRadius)
    }
    var placed: [Box] = []
    for (point, size) in zip(points, sizes) {
      var best: (box: Box, cost: Double)?
      for box in candidates(point, size) {
        var cost = outside(box)
        for other in placed { cost += box.overlap(other) }
        for dot in dots { cost += 2 * box.overlap(dot) }
        if cost < best?.cost ?? .infinity { best = (box, cost) }
        if cost == 0 { break }
      }
      if let best { placed.append(best.box) }
    }
    return placed
  }

  /// Places around a point: right, left, above, below and the corners, in growing distance.
  private func candidates(_ point: (x: Double, y: Double), _ size: (width: Double, height: Double)) -> [Box] {
    var boxes: [Box] = []
    for ring in 0..<6 {
      let gap = pointRadius + 2 + Double(ring) * size.height * 0.7
      let (left, middle, right) = (point.x - gap - size.width, point.x - size.width / 2, point.x + gap)
      let (above, level, below) = (point.y - gap - size.height, point.y - size.height / 2, point.y + gap)
      let corners = [
        (right, level), (left, level), (middle, above), (middle, below), (right, above), (right, below),
        (left, above),
        (left, below),
      ]
      boxes += corners.map { Box(x: $0.0, y: $0.1, width: size.width, height: size.height) }
    }
    return boxes
  }

  /// The area of a box beyond the picture, heavily weighted.
  private func outside(_ box: Box) -> Double {
    let frame = Box(x: 0, y: 0, width: width, height: height)
    return 10 * (box.width * box.height - box.overlap(frame))
  }
}
