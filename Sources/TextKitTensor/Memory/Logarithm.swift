import Foundation

/// Natural logarithm, kept beside the one import of the C library's functions.
@inline(__always)
package func logarithm(_ x: Double) -> Double { Foundation.log(x) }

/// Exponential function.
@inline(__always)
package func exponential(_ x: Double) -> Double { Foundation.exp(x) }

/// Cosine.
@inline(__always)
package func cosine(_ x: Double) -> Double { Foundation.cos(x) }
