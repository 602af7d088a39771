namespace Monitor.Rules.Text.Judging;

/// <summary>A letter of the text.</summary>
/// <param name="Info">As <see cref="Letters"/> has it, with the marks that stand on it.</param>
/// <param name="End">Behind its marks.</param>
/// <param name="Replaced">It stands for something else in the original.</param>
/// <param name="Group">The position of the bone that it belongs to.</param>
internal record struct Unit(char Base, uint Info, int Start, int End, bool NewWord, bool Invisible, bool Overlay, bool Decomposed, bool Replaced, int Group);
