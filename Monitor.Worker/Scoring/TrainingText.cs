namespace Monitor.Worker.Scoring;

/// <summary>A labelled text.</summary>
/// <param name="Id">Unique in its sample.</param>
/// <param name="Family">What it was made from or belongs to (a template, a campaign, a host). Texts of one family are held out together: they resemble each other more than what will come.</param>
/// <param name="Relevant">True: a person should see it early.</param>
/// <param name="At">When it was collected, if known.</param>
public sealed record TrainingText(string Id, string Family, bool Relevant, string Text, PageStructure? Structure = null, DateOnly? At = null);
