using System.Text.RegularExpressions;
using Monitor.Worker.Diagnostics;
using Monitor.Worker.Operations;

namespace Monitor.Tests.Architecture;

public sealed partial class MessageCodeTests
{
    /// <summary>Refusals whose code is handed on from the scope lock; its codes are tried where it is.</summary>
    private static readonly string[] HandedOn = ["Monitor.Worker/Operations/CaseOperations.cs", "Monitor.Worker/Operations/SendGuard.cs"];

    [Fact]
    public void Every_refusal_in_the_sources_has_a_sentence_in_both_languages()
    {
        var codes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in SourceTree.Files("Monitor.Worker"))
        {
            foreach (Match match in Refusals().Matches(file.Text))
            {
                if (match.Groups["code"] is { Success: true } code)
                {
                    codes.Add(code.Value);
                }
                else
                {
                    Assert.Contains(file.Path, HandedOn);
                }
            }
        }

        Assert.True(codes.Count > 15, $"only {codes.Count} codes were found: has the way of refusing changed?");
        Assert.Empty(codes.Except(Messages.Codes, StringComparer.Ordinal));
        Assert.All(codes, code =>
        {
            var refusal = new Refusal(RefusalKind.Conflict, code, "one", "two", "three");
            var (vietnamese, english) = (Messages.Say(refusal, Language.Vietnamese), Messages.Say(refusal, Language.English));
            Assert.NotEqual(vietnamese, english);
            Assert.All((string[])[vietnamese, english], text => Assert.DoesNotContain("{", text, StringComparison.Ordinal));
            Assert.NotEqual(code + " one two three", vietnamese);
        });
    }

    [Fact]
    public void A_message_never_fails_for_missing_arguments() => Assert.All(
        Messages.Codes,
        code => Assert.NotEmpty(Messages.Say(new Refusal(RefusalKind.Conflict, code), Language.Vietnamese) + Messages.Say(new Refusal(RefusalKind.Conflict, code), Language.English)));

    [GeneratedRegex("new Refusal\\(\\s*RefusalKind\\.\\w+,\\s*(\"(?<code>[^\"]*)\")?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Refusals();
}
