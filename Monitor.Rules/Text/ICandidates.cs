namespace Monitor.Rules.Text;

internal interface ICandidates
{
    /// <param name="at">Where the first letter stands in the text that the skeleton was made of.</param>
    /// <returns>False to stop.</returns>
    bool Add(in Literal literal, int at);
}
