using Monitor.Rules.Cases;
using Monitor.Tests.Contracts;

namespace Monitor.Tests.Cases;

public sealed class PhasesTests
{
    [Theory]
    [InlineData(CaseState.AwaitingTriage, 0, Phase.Receive)]
    [InlineData(CaseState.AwaitingTriage, 1, Phase.Collect)]
    [InlineData(CaseState.AwaitingVerification, 1, Phase.VerifyAndAssess)]
    [InlineData(CaseState.Verified, 1, Phase.CoordinateHandling)]
    [InlineData(CaseState.Dismissed, 1, Phase.CoordinateHandling)]
    [InlineData(CaseState.Closed, 9, Phase.CoordinateHandling)]
    public void A_case_stands_in_one_of_four_phases(CaseState state, int observations, Phase phase) =>
        Assert.Equal(phase, Phases.Of(Rows.Case(1, state), Rows.Target(1) with { Observations = observations }));

    [Fact]
    public void Every_state_has_a_phase() =>
        Assert.All(Enum.GetValues<CaseState>(), state => Assert.True(Enum.IsDefined(Phases.Of(Rows.Case(1, state), Rows.Target(1)))));

    [Fact]
    public void The_phases_are_called_as_in_the_national_network()
    {
        Assert.Equal(["Tiếp nhận", "Thu thập", "Xác minh & đánh giá", "Điều phối xử lý"], Enum.GetValues<Phase>().Select(phase => phase.Vietnamese()));
        Assert.Equal(["Receive", "Collect", "Verify & assess", "Coordinate handling"], Enum.GetValues<Phase>().Select(phase => phase.English()));
    }
}
