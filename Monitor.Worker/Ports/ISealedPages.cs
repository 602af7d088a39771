using Monitor.Rules.Removal;
using Monitor.Rules.WatchLists;

namespace Monitor.Worker.Ports;

/// <summary>Judges pages anew from what was sealed of them.</summary>
public interface ISealedPages
{
    /// <param name="observations">In their order.</param>
    /// <returns>One for each, in the same order, but within a round in the order in which the proof is fed.</returns>
    Task<IReadOnlyList<JudgedAnew>> JudgeAsync(Target target, IReadOnlyList<Observation> observations, CancellationToken cancellation);

    /// <summary>The page of a look as it came, with every part of it that was recorded then; null: it was not sealed whole, or its key was destroyed.</summary>
    Task<SealedPage?> PageAsync(Target target, Observation observation, CancellationToken cancellation);
}

/// <param name="Parts">Answers with what was recorded in that look, and refuses everything else.</param>
public sealed record SealedPage(RenderRequest Page, IPartSource Parts);

/// <summary>Whether a page could be judged anew.</summary>
public enum PageSight
{
    Judged,

    /// <summary>A person's look.</summary>
    Person,

    /// <summary>Nothing answered, or not in whole: there is no page.</summary>
    NoAnswer,

    /// <summary>A browser showed it: its tree is not among the records.</summary>
    Rendered,

    /// <summary>Never sealed, or its key was destroyed.</summary>
    NotKept,

    /// <summary>It was compared with a control whose answer is not at hand.</summary>
    ControlNotKept,
}

/// <param name="Verdict">On the page alone, as of today; as it was where it could not be judged.</param>
/// <param name="Fact">What the proof is fed with.</param>
public sealed record JudgedAnew(Observation Observation, LivenessVerdict Verdict, ProofFact Fact, PageSight Sight)
{
    public bool Changed => (Verdict.Liveness, Verdict.Reason) != (Observation.Page.Liveness, Observation.Page.Reason);
}
