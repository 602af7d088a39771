using System.Globalization;
using System.Text;

namespace Monitor.Worker.Bench;

/// <summary>The shipped configuration with one watch list, many rules and no pause between requests put in.</summary>
public static class BenchConfiguration
{
    public const string WatchList = "bench";
    public const string Bank = "bench-known";
    public const string RuleSet = "bench";

    /// <summary>Holds the roles that intake and lists ask for in the shipped configuration.</summary>
    public const string Person = "an.nguyen";

    private static readonly string[] Kept = ["agencies.yaml", "legal-bases.yaml", "platforms/generic.yaml"];

    /// <param name="shipped">A configuration directory as it is shipped.</param>
    public static void Write(string shipped, string directory, IReadOnlyList<string> keywords, int parallelism, int batch, DateOnly day)
    {
        foreach (var file in Kept.Concat(Directory.EnumerateFiles(Path.Combine(shipped, "notices")).Select(file => Path.GetRelativePath(shipped, file))))
        {
            var to = Path.Combine(directory, file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Path.Combine(shipped, file), to);
        }

        Directory.CreateDirectory(Path.Combine(directory, "watchlists"));
        Directory.CreateDirectory(Path.Combine(directory, "rulesets", "guidance"));
        File.WriteAllText(Path.Combine(directory, "monitor.yaml"), string.Create(CultureInfo.InvariantCulture, $"""
            name: Phép đo / bench
            contact: monitor@bench.example
            fetch:
              delay: 0s
              parallelism: {parallelism}
            sweeps:
              batch: {batch}
            rendering:
              enabled: off

            """));
        File.WriteAllText(Path.Combine(directory, "watchlists", WatchList + ".yaml"), $"""
            id: {WatchList}
            title: Phép đo
            owner-agency: ict
            category: abuse-violence
            purpose: Đo tốc độ với dữ liệu lành tính
            rule-sets: [{RuleSet}]
            hash-banks: [{Bank}]
            cadence: 24h
            expires-on: {day.AddYears(1):yyyy-MM-dd}
            reviewer: {Person}

            """);
        var rules = new StringBuilder();
        rules.Append(CultureInfo.InvariantCulture, $"id: {RuleSet}\nversion: \"1\"\ntitle: Phép đo\nrules:\n");
        for (var i = 0; i < keywords.Count; i++)
        {
            rules.Append(CultureInfo.InvariantCulture, $"""
                  - id: {RuleId(i)}
                    title: Quy tắc {i}
                    category: abuse-violence
                    level: medium
                    status: stable
                    guidance: bench
                    condition: {"{"} keywords: ["{keywords[i]}"] {"}"}
                    must-match: ["Có {keywords[i]} ở đây."]
                    must-not-match: ["Không có gì ở đây."]

                """);
        }

        File.WriteAllText(Path.Combine(directory, "rulesets", RuleSet + ".yaml"), rules.ToString());
        File.WriteAllText(Path.Combine(directory, "rulesets", "guidance", "bench.md"), "# Vô hại, chỉ để đo\n");
    }

    public static string RuleId(int number) => string.Create(CultureInfo.InvariantCulture, $"be9c0000-0000-4000-8000-{number:D12}");
}
