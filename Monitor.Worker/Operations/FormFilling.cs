using Monitor.Rules.Takedowns;
using Monitor.Worker.Notices;
using Monitor.Worker.Ports;

namespace Monitor.Worker.Operations;

/// <summary>What a person puts into a platform's web form: the approved notice, field by field, and nothing that was not approved.</summary>
public static class FormFilling
{
    /// <summary>Allowed for approved notices only: what is typed into a form has left.</summary>
    public static async Task<OperationResult<FilledForm>> OfAsync(Desk desk, Actor actor, string reference, CancellationToken cancellation)
    {
        if (await desk.Store.FindNoticeAsync(reference, actor.Scope, cancellation) is not { } notice)
        {
            return Refusal.NotFound("notice", reference);
        }

        if (notice.Channel != ChannelKind.Form)
        {
            return new Refusal(RefusalKind.Conflict, "no-form", notice.Id, notice.To);
        }

        if (notice.Dispatch != DispatchState.Approved)
        {
            return new Refusal(RefusalKind.Conflict, "notice-state", notice.Id, notice.Dispatch.ToString());
        }

        if (await SendGuard.RequestsOfAsync(desk, notice, cancellation) is not { } requests)
        {
            return Refusal.NotFound("request", notice.RequestId);
        }

        if (SendGuard.Check(desk, requests, notice, notice.ApprovedBy ?? "") is { } refusal)
        {
            return refusal;
        }

        if (SendGuard.MustLeave(requests, notice) is { } gone)
        {
            return gone;
        }

        if (await NoticeContents.ReadAsync(desk, notice, cancellation) is not { } content)
        {
            return new Refusal(RefusalKind.Conflict, "content-changed", notice.Id);
        }

        var asked = Addressees.ChannelOf(notice, desk.Configuration)?.Form ?? [];
        var fields = new List<FilledField>();
        foreach (var one in asked)
        {
            if (NoticeDrafter.RenderField(one.Value, notice) is not { } value)
            {
                return new Refusal(RefusalKind.Conflict, "form-field", notice.Id, one.Label);
            }

            fields.Add(new FilledField(one.Label, value));
        }

        return new OperationResult<FilledForm>.Done(new FilledForm(notice, notice.To, fields.Count > 0 ? fields : [new FilledField(content.Subject, content.Text)]));
    }
}

/// <param name="Url">Page of the form.</param>
/// <param name="Fields">In the form's order; where the profile names none, one field with the whole text under its subject.</param>
public sealed record FilledForm(Notice Notice, string Url, IReadOnlyList<FilledField> Fields);

public sealed record FilledField(string Label, string Value);
