package io.certwright.enrollment.adcs.ces;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML of others: no DTD, and so no entities of theirs, nothing from elsewhere, no deeper and no more than a real answer is. */
final class XmlReading {
    private static final int DEEPEST = 40;
    private static final int MOST_ELEMENTS = 100_000;
    private static final int MOST_ATTRIBUTES = 50;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final XMLInputFactory FACTORY = strict();

    private final XMLStreamReader reader;
    private final Deque<Draft> open = new ArrayDeque<>();
    private int elements;

    private XmlReading(XMLStreamReader reader) {
        this.reader = reader;
    }

    private static XMLInputFactory strict() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("it refers to something elsewhere");
        });
        return factory;
    }

    /** The outermost element. Throws with the reason where it is no such XML. */
    static XmlElement parse(byte[] message) throws XMLStreamException {
        try {
            return new XmlReading(FACTORY.createXMLStreamReader(new StringReader(textOf(message)))).root();
        } catch (RuntimeException garbage) {
            throw new XMLStreamException(String.valueOf(garbage.getMessage()), garbage);
        }
    }

    /** Decoded here: the JDK's reader tells of wrong bytes on the standard error of the process, too. */
    private static String textOf(byte[] message) throws XMLStreamException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException otherwise) {
            throw new XMLStreamException("it is not in UTF-8", otherwise);
        }
    }

    private XmlElement root() throws XMLStreamException {
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> throw new XMLStreamException("it has a document type");
                case XMLStreamConstants.ENTITY_REFERENCE -> throw new XMLStreamException("it has an entity of its own");
                case XMLStreamConstants.START_ELEMENT -> begin();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> add(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlElement ended = open.removeLast().finished();
                    if (open.isEmpty()) {
                        requireEnd();
                        return ended;
                    }
                    open.getLast().children.add(ended);
                }
                default -> {
                    // Comments and processing instructions say nothing.
                }
            }
        }
        throw new XMLStreamException("it has no element");
    }

    private void requireEnd() throws XMLStreamException {
        while (reader.hasNext()) {
            reader.next();
        }
    }

    private void begin() throws XMLStreamException {
        elements++;
        if (open.size() >= DEEPEST || elements > MOST_ELEMENTS || reader.getAttributeCount() > MOST_ATTRIBUTES) {
            throw new XMLStreamException("it is deeper or larger than an answer is");
        }
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (isEmpty(reader.getAttributeNamespace(i))) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
        }
        String namespace = reader.getNamespaceURI();
        open.addLast(new Draft(isEmpty(namespace) ? "" : namespace, reader.getLocalName(), attributes));
    }

    private void add(String text) {
        if (!open.isEmpty()) {
            open.getLast().text.append(text);
        }
    }

    private static boolean isEmpty(@org.jspecify.annotations.Nullable String namespace) {
        return namespace == null || namespace.isEmpty();
    }

    /** An element whose end has not come. */
    private static final class Draft {
        private final String namespace;
        private final String name;
        private final Map<String, String> attributes;
        private final StringBuilder text = new StringBuilder();
        private final List<XmlElement> children = new ArrayList<>();

        Draft(String namespace, String name, Map<String, String> attributes) {
            this.namespace = namespace;
            this.name = name;
            this.attributes = attributes;
        }

        XmlElement finished() {
            return new XmlElement(namespace, name, attributes, text.toString(), children);
        }
    }
}
