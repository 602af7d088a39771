using Monitor.Rules.Assessing;
using Monitor.Rules.Cases;
using Monitor.Rules.Removal;
using Monitor.Rules.Takedowns;
using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Cli;

/// <summary>JSON rows of the list verbs: a stable contract.</summary>
public static class Rows
{
    public static object Target(Target target, TakedownRequest? request = null, Notice? notice = null) => new
    {
        id = target.Id,
        url = target.Url,
        target = target.Id,
        @case = target.CaseId,
        category = target.Category.Slug(),
        removal = target.Progress.State,
        demand = request?.Demand,
        dispatch = notice?.Dispatch,
        platform = target.PlatformId,
        lastObservation = target.Last is { } last ? new { at = last.At, liveness = last.Liveness.Name(), reason = last.Reason.Name() } : null,
        nextCheckAt = target.NextCheckAt,
        legalDeadline = request?.LegalDeadline,
        createdAt = target.CreatedAt,
        score = target.Score,
        attention = target.Attention,
        status = target.Status,
    };

    public static object Case(Case @case, Target? target, TakedownRequest? request, Notice? notice) => new
    {
        id = @case.Id,
        url = target?.Url,
        target = @case.TargetId,
        @case = @case.Id,
        category = @case.Category.Slug(),
        severity = @case.Severity,
        state = @case.State,
        removal = target?.Progress.State,
        demand = request?.Demand,
        dispatch = notice?.Dispatch,
        platform = target?.PlatformId,
        lastObservation = target?.Last is { } last ? new { at = last.At, liveness = last.Liveness.Name(), reason = last.Reason.Name() } : null,
        nextCheckAt = target?.NextCheckAt,
        legalDeadline = request?.LegalDeadline,
        createdAt = @case.OpenedAt,
        score = target?.Score,
        danger = @case.Danger,
        reasons = @case.Reasons,
    };

    public static object Request(TakedownRequest request, Target? target, IReadOnlyList<Notice> notices) => new
    {
        id = request.Id,
        url = target?.Url,
        target = request.TargetId,
        @case = request.CaseId,
        category = request.Category.Slug(),
        removal = target?.Progress.State,
        demand = request.Demand,
        dispatch = notices.Count > 0 ? notices[^1].Dispatch : (DispatchState?)null,
        platform = request.PlatformId,
        lastObservation = target?.Last is { } last ? new { at = last.At, liveness = last.Liveness.Name(), reason = last.Reason.Name() } : null,
        nextCheckAt = target?.NextCheckAt,
        legalDeadline = request.LegalDeadline,
        createdAt = request.CreatedAt,
        reminders = request.Reminders,
        notices = notices.Select(notice => new { reference = notice.Id, kind = notice.Kind, dispatch = notice.Dispatch, sentAt = notice.SentAt, messageId = notice.MessageId }),
    };
}
