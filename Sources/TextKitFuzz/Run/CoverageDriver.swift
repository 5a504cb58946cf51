#if LIBFUZZER
  import Foundation

  // The functions of libFuzzer, which is part of the toolchain: pointers live for the call alone.

  @_silgen_name("LLVMFuzzerRunDriver")
  private func runDriver(
    _ argc: UnsafeMutablePointer<CInt>,
    _ argv: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ callback: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  ) -> CInt

  /// Feeds the target that `TEXTKIT_FUZZ_TARGET` names by libFuzzer, which looks for inputs that reach other code.
  ///
  /// All arguments are libFuzzer's own, after those come the target's seeds. The program has to be built for it:
  ///
  ///     swift build -c release --product textkit-fuzz --scratch-path .build/libfuzzer -Xswiftc -DLIBFUZZER \
  ///       -Xswiftc -sanitize=fuzzer -Xswiftc -use-ld=lld
  ///
  /// Findings end the process, as libFuzzer wants it, which keeps the input.
  enum CoverageDriver {
    /// Set once, before the first input.
    nonisolated(unsafe) private static var subject: FuzzSubject?
    private static let folder = FileManager.default.temporaryDirectory.appending(path: "textkit-fuzz-\(getpid())")

    static func run(_ target: FuzzTarget) throws -> Int32 {
      let made = try target.make()
      unsafe subject = made
      let seeds = folder.appending(path: "seeds")
      try FileManager.default.createDirectory(at: seeds, withIntermediateDirectories: true)
      for (number, seed) in made.seeds.enumerated() {
        try Data(seed).write(to: seeds.appending(path: "\(number)"))
      }
      var arguments = unsafe (CommandLine.arguments + [seeds.path]).map { unsafe strdup($0) }
      var count = unsafe CInt(arguments.count)
      unsafe arguments.append(nil)
      return unsafe arguments.withUnsafeMutableBufferPointer { buffer in
        guard var base = buffer.baseAddress else { return 1 }
        return unsafe runDriver(&count, &base) { data, size in
          let bytes = unsafe [UInt8](UnsafeBufferPointer(start: data, count: size))
          CoverageDriver.feed(bytes)
          return 0
        }
      }
    }

    private static func feed(_ bytes: [UInt8]) {
      let url = folder.appending(path: "input")
      do {
        try? FileManager.default.removeItem(at: url)
        try Data(bytes).write(to: url)
      } catch { preconditionFailure("the input can't be written: \(error)") }
      guard let subject = unsafe subject else { return }
      let outcome = FuzzWorker.feed(subject, FuzzInput(bytes: bytes, url: url, folder: folder))
      if case .finding(let kind, let message) = outcome { preconditionFailure("\(kind.rawValue): \(message)") }
    }
  }
#endif
