"""Documents that the platform links: PDF, Word, presentations."""

from accessibility.engine.checks.documents.document import DocumentCheck

CHECK = DocumentCheck()
