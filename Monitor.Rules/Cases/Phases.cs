using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;

namespace Monitor.Rules.Cases;

public static class Phases
{
    /// <summary>The phase a case stands in; derived, never stored.</summary>
    public static Phase Of(Case @case, Target target) => @case.State switch
    {
        CaseState.AwaitingTriage => target.Observations == 0 ? Phase.Receive : Phase.Collect,
        CaseState.AwaitingVerification => Phase.VerifyAndAssess,
        CaseState.Verified => Phase.CoordinateHandling,
        CaseState.Dismissed or CaseState.Closed => Phase.CoordinateHandling,
    };

    public static string Vietnamese(this Phase phase) => phase switch
    {
        Phase.Receive => "Tiếp nhận",
        Phase.Collect => "Thu thập",
        Phase.VerifyAndAssess => "Xác minh & đánh giá",
        Phase.CoordinateHandling => "Điều phối xử lý",
    };

    public static string English(this Phase phase) => phase switch
    {
        Phase.Receive => "Receive",
        Phase.Collect => "Collect",
        Phase.VerifyAndAssess => "Verify & assess",
        Phase.CoordinateHandling => "Coordinate handling",
    };
}
