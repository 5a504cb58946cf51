import Foundation

/// Ends the program where something is not so.
func check(_ isTrue: Bool, _ found: @autoclosure () -> String, line: Int = #line, file: String = #fileID) {
  guard !isTrue else { return }
  FileHandle.standardError.write(Data("\(file):\(line): found \(found())\n".utf8))
  exit(1)
}
