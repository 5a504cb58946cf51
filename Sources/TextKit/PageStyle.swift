/// What the style sheets of all pages have in common: colors for light and dark screens, and type.
enum PageStyle {
  static let css = """
    :root {
      color-scheme: light dark;
      --page: #fbfbf9; --card: #ffffff; --ink: #1d2129; --soft: #5c6370; --rule: #e1e3e8; --mark: #eef4fb;
      --blue: #2463a8; --orange: #c2571a; --right: 36, 99, 168; --wrong: 200, 84, 20; --bad: #b3261e;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #14161a; --card: #1c1f25; --ink: #e8eaee; --soft: #a0a7b4; --rule: #343943; --mark: #1f2b3b;
        --blue: #7db4f0; --orange: #f09a5f; --right: 94, 154, 224; --wrong: 232, 128, 66; --bad: #ff8a80;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem; background: var(--page); color: var(--ink);
      font: 16px/1.5 system-ui, -apple-system, "Segoe UI",
        "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
    }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
    p { margin: .25rem 0 .75rem; max-width: 46rem; }
    .soft, figcaption, .legend { color: var(--soft); font-size: .875rem; }
    """
}
