package com.example.modular.answers;

public record City(String name, int inhabitants) {}
