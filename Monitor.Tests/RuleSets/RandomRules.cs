using Monitor.Rules.Hashing;
using Monitor.Rules.Matching;
using Monitor.Rules.Removal;
using Monitor.Rules.RuleSets;
using Monitor.Rules.RuleSets.Conditions;

namespace Monitor.Tests.RuleSets;

/// <summary>Conditions and pages drawn from a small world, so that they meet often; the same for the same seed.</summary>
internal sealed class RandomRules(int seed)
{
    private static readonly string[] Words = ["đèn", "đèn lồng", "lồng xanh", "đèn lồng xanh", "nến", "hòa", "hoà", "mã 12", "chợ"];
    private static readonly string[] Expressions = ["mã \\d+", "đèn (lồng|dầu)", "n[êế]n", "l.ng"];
    private static readonly string[] Pieces = ["đèn ", "Đèn Lồng ", "lồng xanh", ", ", "nến ", "hòa ", "hoà ", "mã 12 ", "x ", "chợ\n", "đe\u0300n "];
    private static readonly string[] Domains = ["a.example", "b.example", "moi.a.example"];

    private readonly Random _dice = new(seed);

    public Condition Condition(int depth) => depth <= 0 || _dice.Next(3) == 0 ? Leaf() : _dice.Next(4) switch
    {
        0 => new Condition.And(Several(depth)),
        1 => new Condition.Or(Several(depth)),
        2 => new Condition.Not(Condition(depth - 1)),
        _ => Some(Several(depth)),
    };

    /// <summary>One that the compiler takes: it needs something to be there.</summary>
    public Condition Needing(int depth) => new Condition.Or([new Condition.And([new Condition.Keywords(Pick(Words)), Condition(depth)]), new Condition.And([Condition(depth), new Condition.Patterns(Pick(Expressions))])]);

    public RuleSubject Subject() => new()
    {
        Text = _dice.Next(6) == 0 ? null : string.Concat(Enumerable.Range(0, _dice.Next(8)).Select(_ => Pieces[_dice.Next(Pieces.Length)])),
        Url = _dice.Next(3) == 0 ? null : $"https://{Domains[_dice.Next(Domains.Length)]}/{(_dice.Next(2) == 0 ? "t" : "x")}/1",
        Page = _dice.Next(3) == 0 ? null : new PageOutline
        {
            Title = _dice.Next(2) == 0 ? "" : "đèn",
            Links = [.. Enumerable.Range(0, _dice.Next(3)).Select(_ => new OutlineLink($"https://{Domains[_dice.Next(Domains.Length)]}/", "", "", BlockRole.Main))],
            Media = [.. Enumerable.Range(0, _dice.Next(3)).Select(_ => new OutlineMedia($"https://{Domains[_dice.Next(Domains.Length)]}/i", (MediaKind)_dice.Next(2), "img"))],
        },
        Matches = _dice.Next(3) == 0 ? null : [.. Enumerable.Range(0, _dice.Next(3)).Select(_ => new Match { Bank = _dice.Next(2) == 0 ? "north" : "south", BankVersion = "1", Entry = "#1", Kind = HashKind.Sha256, Distance = _dice.Next(4), Opinion = (Opinion)_dice.Next(3) })],
        Scores = _dice.Next(2) == 0 ? new Dictionary<string, double>() : new Dictionary<string, double> { ["text"] = _dice.Next(11) / 10.0 },
    };

    public T[] Shuffle<T>(IEnumerable<T> items)
    {
        T[] all = [.. items];
        _dice.Shuffle(all);
        return all;
    }

    private Condition Leaf() => _dice.Next(9) switch
    {
        0 or 1 => new Condition.Keywords(Pick(Words)) { Times = _dice.Next(4) == 0 ? new CountRange(1, 2) : null },
        2 => new Condition.Keywords(Pick(Words)) { Need = Monitor.Rules.RuleSets.Conditions.Condition.Every },
        3 => new Condition.Patterns(Pick(Expressions)),
        4 => new Condition.Near(new TermSet(Pick(Words), []), new TermSet(Pick(Words), Pick(Expressions))) { Within = _dice.Next(4), Unit = (ProximityUnit)_dice.Next(2), Ordered = _dice.Next(2) == 0 },
        5 => new Condition.Url { Domains = Pick(Domains), PathStarts = _dice.Next(2) == 0 ? ["/t"] : [] },
        6 => _dice.Next(2) == 0 ? new Condition.Links { Domains = Pick(Domains), Count = new CountRange(1, 1 + _dice.Next(2)) } : new Condition.Media { Kinds = [MediaKind.Image], Count = new CountRange(_dice.Next(2), 2) },
        7 => new Condition.Hash { Banks = _dice.Next(2) == 0 ? [] : ["north"], MaxDistance = _dice.Next(4) },
        _ => new Condition.Score("text") { Least = _dice.Next(11) / 10.0 },
    };

    private Condition[] Several(int depth) => [.. Enumerable.Range(0, 1 + _dice.Next(3)).Select(_ => Condition(depth - 1))];

    private Condition.AtLeast Some(Condition[] of) => new(1 + _dice.Next(of.Length), of);

    private string[] Pick(string[] from) => [.. Shuffle(from).Take(1 + _dice.Next(2))];
}
