namespace Monitor.Rules.Removal;

/// <param name="Signals">What led there, strongest first.</param>
public sealed record LivenessVerdict(Liveness Liveness, LivenessReason Reason, IReadOnlyList<Signal> Signals);

/// <summary>One sign seen. <see cref="Detail"/> never holds page text: only facts such as a status, a count, a host relation.</summary>
/// <param name="Name">Stable kebab-case name, e.g. "status", "redirect-home", "control-same".</param>
/// <param name="Weight">-100 (surely alive) … +100 (surely gone); 0 for facts that only explain.</param>
public sealed record Signal(string Name, int Weight, string Detail);
