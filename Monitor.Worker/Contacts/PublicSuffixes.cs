using System.Collections.Frozen;
using System.Globalization;

namespace Monitor.Worker.Contacts;

/// <summary>
/// Where registration begins: names under which others register, by the ICANN section of the Public Suffix List (publicsuffix.org; its version
/// stands in public-suffixes.dat). Private suffixes (hosting under one's own name) are left out on purpose: behind them one registrant answers.
/// </summary>
public static class PublicSuffixes
{
    private static readonly Lazy<(FrozenSet<string> Rules, FrozenSet<string> Exceptions)> List = new(Load);

    /// <summary>The name that was registered: one label more than its public suffix; null for a suffix itself, a single label or an empty name.</summary>
    /// <param name="host">ASCII, lower or upper case, with or without the final dot.</param>
    public static string? RegistrableDomain(string host)
    {
        var labels = host.TrimEnd('.').ToLowerInvariant().Split('.');
        if (labels.Length < 2 || labels.Any(label => label.Length == 0))
        {
            return null;
        }

        var (rules, exceptions) = List.Value;
        // The longest rule that fits; an exception goes before every other; without any the rule is "*" (the list's algorithm, steps 2 to 6).
        for (var from = 0; from < labels.Length; from++)
        {
            var name = string.Join('.', labels[from..]);
            var wildcard = from + 1 < labels.Length ? "*." + string.Join('.', labels[(from + 1)..]) : "*";
            if (exceptions.Contains(name))
            {
                return name;
            }

            if (rules.Contains(name) || rules.Contains(wildcard) || from == labels.Length - 1)
            {
                return from == 0 ? null : string.Join('.', labels[(from - 1)..]);
            }
        }

        return null;
    }

    private static (FrozenSet<string> Rules, FrozenSet<string> Exceptions) Load()
    {
        using var stream = typeof(PublicSuffixes).Assembly.GetManifestResourceStream("public-suffixes.dat") ?? throw new InvalidOperationException("public-suffixes.dat is not in the assembly");
        using var reader = new StreamReader(stream);
        var (rules, exceptions) = (new List<string>(8000), new List<string>());
        var idn = new IdnMapping();
        while (reader.ReadLine() is { } line)
        {
            var rule = line.Trim();
            if (rule.Length == 0 || rule.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            var ascii = rule.All(char.IsAscii) ? rule : string.Join('.', rule.Split('.').Select(label => label == "*" ? label : idn.GetAscii(label)));
            if (ascii[0] == '!')
            {
                exceptions.Add(ascii[1..]);
            }
            else
            {
                rules.Add(ascii);
            }
        }

        return (rules.ToFrozenSet(StringComparer.Ordinal), exceptions.ToFrozenSet(StringComparer.Ordinal));
    }
}
