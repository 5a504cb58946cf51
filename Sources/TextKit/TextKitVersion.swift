/// The version of the library.
public enum TextKitVersion {
  /// The current version, `major.minor.patch`.
  public static let current = "0.1.0"
}
