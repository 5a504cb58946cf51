import CTextKitKernels
import Foundation
import Testing

extension KernelTests {
  /// The choice of an instruction set. What changes it for the process runs in a process of its own.
  @Suite struct Dispatch {
    @Test func selectionForAThread() throws {
      for set in InstructionSet.available {
        try set.run {
          #expect(tk_isa_current() == set.isa)
          #expect(!tk_isa_select_for_thread(tk_isa(rawValue: 17)))
          #expect(tk_isa_current() == set.isa)
        }
      }
      #expect(tk_isa_current().rawValue <= tk_isa_best().rawValue)
    }

    @Test func selectionForTheProcess() async {
      await #expect(processExitsWith: .success) {
        try #require(tk_isa_select(TK_ISA_BASELINE))
        try #require(tk_isa_current() == TK_ISA_BASELINE)
        try #require(!tk_isa_select(tk_isa(rawValue: 17)))
        try #require(tk_isa_current() == TK_ISA_BASELINE)
        try #require(tk_isa_select(tk_isa_best()))
        try #require(tk_isa_current() == tk_isa_best())
      }
    }

    @Test func requestByEnvironment() async {
      await #expect(processExitsWith: .success) {
        unsafe setenv("TEXTKIT_ISA", "baseline", 1)
        try #require(!tk_isa_request_invalid())
        try #require(tk_isa_current() == TK_ISA_BASELINE)
      }
    }

    @Test func invalidRequestIsReportedAndNotFollowed() async {
      await #expect(processExitsWith: .success) {
        for request in ["sse9", "AVX2", "avx", " baseline"] {
          unsafe setenv("TEXTKIT_ISA", request, 1)
          try #require(tk_isa_request_invalid())
        }
        try #require(tk_isa_current() == tk_isa_best())
        unsafe setenv("TEXTKIT_ISA", "", 1)
        try #require(!tk_isa_request_invalid())
        unsafe unsetenv("TEXTKIT_ISA")
        try #require(!tk_isa_request_invalid())
      }
    }

    @Test(arguments: InstructionSet.available)
    func peakWorkIsCounted(_ set: InstructionSet) throws {
      try set.run {
        let lanes = set.isa == TK_ISA_AVX512 ? 16.0 : set.isa == TK_ISA_AVX2 ? 8.0 : 4.0
        #expect(tk_fma_peak_work(0) == 0)
        #expect(abs(tk_fma_peak_work(10) / (10 * 1000 * 2 * lanes) - 1) < 0.02)
      }
    }
  }
}
