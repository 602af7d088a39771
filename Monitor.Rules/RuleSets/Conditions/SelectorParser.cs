namespace Monitor.Rules.RuleSets.Conditions;

/// <summary>Text → <see cref="ElementSelector"/>, from left to right without recursion.</summary>
internal ref struct SelectorParser(string text)
{
    public const int MaxLength = 500;

    private readonly string _text = text;
    private int _at;

    public SelectorReading Read()
    {
        if (_text.Length > MaxLength)
            return new SelectorReading.Refused(SelectorFault.TooLong, MaxLength, 1, []);
        var alternatives = new List<ElementSelector.SimpleSelector>();
        while (true)
        {
            if (Simple(out ElementSelector.SimpleSelector? simple) is { } refused)
                return refused;
            alternatives.Add(simple!);
            Spaces();
            if (_at == _text.Length)
                return new SelectorReading.Read(new ElementSelector(_text.Trim(), alternatives));
            if (_text[_at] != ',')
                return Refuse(SelectorFault.NotInTheSubset, _at, 1);
            _at++;
        }
    }

    private SelectorReading.Refused? Simple(out ElementSelector.SimpleSelector? simple)
    {
        simple = null;
        Spaces();
        (string first, int start) = Name();
        if (first.Length == 0)
            return Refuse(_at == _text.Length ? SelectorFault.Empty : SelectorFault.NotInTheSubset, _at, 1);

        Removal.BlockRole? role = null;
        if (ElementSelector.Landmarks.TryGetValue(first, out Removal.BlockRole landmark) && _at < _text.Length && _text[_at] == ' ')
        {
            role = landmark;
            Spaces();
            (first, start) = Name();
            if (first.Length == 0)
                return Refuse(_at == _text.Length ? SelectorFault.Empty : SelectorFault.NotInTheSubset, _at, 1);
        }

        if (!ElementSelector.Attributes.TryGetValue(first, out string[]? attributes))
        {
            // A class, an id and a landmark alone are no words that were misspelt.
            SelectorFault fault = first[0] == '.' ? SelectorFault.NotInTheSubset : SelectorFault.UnknownElement;
            return Refuse(fault, start, first.Length, [.. ElementSelector.Attributes.Keys.Order(StringComparer.Ordinal)]);
        }

        var tests = new List<ElementSelector.AttributeTest>();
        while (_at < _text.Length && _text[_at] == '[')
        {
            if (Test(attributes, out ElementSelector.AttributeTest? test) is { } refused)
                return refused;
            tests.Add(test!);
        }

        simple = new ElementSelector.SimpleSelector(role, first, tests);
        return null;
    }

    private SelectorReading.Refused? Test(string[] attributes, out ElementSelector.AttributeTest? test)
    {
        test = null;
        int open = _at++;
        Spaces();
        (string name, int start) = Name();
        if (!attributes.Contains(name, StringComparer.Ordinal))
            return Refuse(SelectorFault.UnknownAttribute, start, Math.Max(1, name.Length), attributes);
        Spaces();
        if (_at < _text.Length && _text[_at] == ']')
        {
            _at++;
            test = new ElementSelector.AttributeTest(name, '\0', "");
            return null;
        }

        char kind = '=';
        if (_at < _text.Length && "^$*~".Contains(_text[_at], StringComparison.Ordinal))
            kind = _text[_at++];
        if (_at == _text.Length || _text[_at] != '=')
            return Refuse(SelectorFault.BadOperator, Math.Min(_at, _text.Length), 1, ["=", "^=", "$=", "*=", "~="]);
        _at++;
        Spaces();
        if (Value() is not { Length: > 0 } value)
            return Refuse(SelectorFault.BadValue, open, Math.Max(1, _at - open));
        Spaces();
        if (_at == _text.Length || _text[_at] != ']')
            return Refuse(SelectorFault.BadValue, open, Math.Max(1, _at - open));
        _at++;
        test = new ElementSelector.AttributeTest(name, kind, value);
        return null;
    }

    private string? Value()
    {
        if (_at < _text.Length && _text[_at] is '"' or '\'')
        {
            char mark = _text[_at];
            int end = _text.IndexOf(mark, _at + 1);
            if (end < 0)
            {
                _at = _text.Length;
                return null;
            }

            string quoted = _text[(_at + 1)..end];
            _at = end + 1;
            return quoted;
        }

        int start = _at;
        while (_at < _text.Length && _text[_at] is not (']' or '[' or ' ' or '"' or '\''))
            _at++;
        return _text[start.._at];
    }

    private (string Name, int Start) Name()
    {
        int start = _at;
        if (_at < _text.Length && _text[_at] == '.')
            _at++;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '-' or '_'))
            _at++;
        return (_text[start.._at].ToLowerInvariant(), start);
    }

    private void Spaces()
    {
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
    }

    private static SelectorReading.Refused Refuse(SelectorFault fault, int at, int length, IReadOnlyList<string>? known = null) => new(fault, at, length, known ?? []);
}
