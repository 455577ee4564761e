"""What pages share: widgets of our own, the address, the glossary, the caches."""
