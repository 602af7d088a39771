using Monitor.Rules.Removal;
using Monitor.Tests.Removal.Pages;

namespace Monitor.Tests.Removal;

public sealed class LivenessClassifierTests
{
    public static TheoryData<string> Names => [.. InventedPages.All.Select(static page => page.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_what_a_person_would_say(string name)
    {
        var page = InventedPages.All.Single(one => one.Name == name);

        var verdict = page.Classify();

        var account = string.Join("; ", verdict.Signals.Select(static signal => $"{signal.Name}={signal.Detail}"));
        Assert.True(page.Expected == verdict.Liveness, $"{name}: {verdict.Liveness} {verdict.Reason.Name()} ({account})");
        Assert.True(page.Reason is null || page.Reason == verdict.Reason, $"{name}: {verdict.Reason.Name()} ({account})");
    }
}
