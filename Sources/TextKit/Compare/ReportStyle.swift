/// The style sheet of the comparison's page, beside that of all pages.
enum ReportStyle {
  static let css = """
    h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
    h3 { font-size: 1rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
    .scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--rule); border-radius: .5rem; }
    table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
    .scroll > table.main { width: 100%; }
    th, td { padding: .4rem .6rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--rule); }
    tr:last-child > td, tr:last-child > th { border-bottom: 0; }
    thead th { color: var(--soft); font-weight: 600; vertical-align: bottom; }
    th[scope=row], .name { text-align: left; font-weight: 600; }
    table.main th[scope=row] { white-space: normal; overflow-wrap: break-word; min-width: 11rem; max-width: 18rem; }
    tr.best { background: var(--mark); }
    .badge { color: var(--blue); font-size: .75rem; font-weight: 600; margin-left: .35rem; white-space: nowrap; }
    .failed { color: var(--bad); text-align: left; white-space: normal; }
    .interval { display: block; width: 8.5rem; height: 1.25rem; }
    .interval .bar { fill: var(--blue); opacity: .35; }
    .interval .dot { fill: var(--blue); }
    .interval .base { stroke: var(--rule); }
    .grid-of { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
    .card {
      background: var(--card); border: 1px solid var(--rule); border-radius: .5rem; padding: .75rem;
      min-width: 0;
    }
    .chart { display: block; width: 100%; height: auto; }
    .chart text { fill: var(--soft); font-size: 12px; }
    .chart .grid { stroke: var(--rule); }
    .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
    .line.one { stroke: var(--blue); } .line.two { stroke: var(--orange); stroke-dasharray: 5 3; }
    .point { stroke: var(--card); stroke-width: 1.5; }
    .point.one { fill: var(--blue); } .point.two { fill: var(--orange); }
    .legend { margin: 0; }
    .key::before {
      content: ""; display: inline-block; width: 1.1rem; height: 0; margin: 0 .35rem .25rem 0;
      border-top: 2px solid;
    }
    .key { margin-right: .75rem; } .key.one::before { border-color: var(--blue); }
    .key.two::before { border-color: var(--orange); border-top-style: dashed; }
    .heat td { text-align: center; border: 1px solid var(--rule); min-width: 2.2rem; padding: .25rem .35rem; }
    .heat th { border: 0; padding: .25rem .5rem; }
    .heat thead th { vertical-align: bottom; text-align: center; }
    .heat thead th > span {
      writing-mode: vertical-rl; transform: rotate(180deg); max-height: 9rem; overflow: hidden;
      text-overflow: ellipsis;
    }
    .heat tbody th { text-align: right; max-width: 12rem; overflow: hidden; text-overflow: ellipsis; }
    .heat .right { background: rgba(var(--right), var(--share)); }
    .heat .wrong { background: rgba(var(--wrong), var(--share)); }
    .heat .zero { color: transparent; }
    .examples { list-style: none; margin: .25rem 0 1rem; padding: 0; }
    .examples li {
      padding: .35rem 0 .35rem .75rem; border-left: 3px solid var(--rule); margin-bottom: .35rem;
      overflow-wrap: anywhere;
    }
    .pair { margin: .75rem 0 .25rem; font-weight: 600; overflow-wrap: anywhere; }
    details {
      margin: .5rem 0; background: var(--card); border: 1px solid var(--rule); border-radius: .5rem;
      padding: .5rem .75rem;
    }
    summary { cursor: pointer; font-weight: 600; overflow-wrap: anywhere; }
    pre { overflow-x: auto; font-size: .8rem; line-height: 1.4; margin: .5rem 0 0; }
    dl {
      display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: .5rem 0; font-size: .9rem;
    }
    dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
    @media (max-width: 30rem) {
      body { padding: 1rem .75rem 3rem; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; }
      table.main th[scope=row] {
        position: sticky; left: 0; background: var(--card); min-width: 7rem; max-width: 8rem;
      }
      table.main tr.best th[scope=row] { background: var(--mark); }
    }
    """
}
